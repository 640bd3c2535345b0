/**
 * The fixed envelope around every message: `version u8 | kind u8 | job handle 16 | body`.
 * A relay routes on these 18 bytes and never needs to understand the rest.
 */
import {toHex} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type JobHandle, linkHandle} from './ids.ts';
import {limits} from './limits.ts';
import {type Body, kindOfWire, type Kind, type Message, wireOfKind} from './messages.ts';
import {decode, id, Writer} from './wire.ts';

/** How every frame begins, whatever is spoken behind it; another one is refused with `bad-version`. What is spoken: version.ts. */
export const envelopeVersion = 1;
/** version 1, kind 1, handle 16 */
export const envelopeBytes = 18;

const handleField = id<JobHandle>(16);

/** One frame. @throws NetworkError `too-large` */
export function encodeMessage<K extends Kind>(kind: K, body: Body<K>, handle: JobHandle = linkHandle): Uint8Array<ArrayBuffer> {
  const wire = wireOfKind(kind);
  const writer = new Writer();
  writer.number(envelopeVersion, 1);
  writer.number(wire.number, 1);
  handleField.write(writer, handle);
  wire.body.write(writer, body as never);
  const frame = writer.finish();
  if (frame.length > limits.maxFrameBytes) throw new NetworkError('too-large', `${frame.length} bytes in one frame`);
  return frame;
}

/** What a router may know of a frame. @throws NetworkError `bad-message`, `bad-version`, `too-large` */
export function peek(frame: Uint8Array): {kind: Kind; handle: JobHandle} {
  if (frame.length < envelopeBytes) throw new NetworkError('bad-message', 'shorter than the envelope');
  if (frame.length > limits.maxFrameBytes) throw new NetworkError('too-large', `${frame.length} bytes in one frame`);
  if (frame[0] !== envelopeVersion) throw new NetworkError('bad-version', `version ${frame[0]}`);
  return {kind: kindOfWire(frame[1] ?? 0).kind, handle: toHex(frame.subarray(2, envelopeBytes)) as JobHandle};
}

/** The whole message of a frame. @throws NetworkError `bad-message`, `bad-version`, `too-large` */
export function decodeMessage(frame: Uint8Array): Message {
  const {kind, handle} = peek(frame);
  const body = decode(kindOfWire(frame[1] ?? 0).body, frame.subarray(envelopeBytes));
  return {kind, handle, ...body} as Message;
}

