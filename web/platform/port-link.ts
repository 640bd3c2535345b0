/** A link carried over a MessagePort: for browsers that can't transfer a data channel to a worker, the page passes frames on. */
import {Queue} from '#protocol/queue.ts';
import type {Transport} from '#protocol/roles/ports.ts';

/** The worker's end: frames are messages, `null` is the end. */
export function portTransport(port: MessagePort): Transport {
  const frames = new Queue<Uint8Array>();
  let open = true;
  port.addEventListener('message', ({data}: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) frames.push(data);
    else {
      open = false;
      frames.end();
    }
  });
  port.start();
  return {
    kind: 'webrtc',
    frames,
    send: (frame) => {
      if (open) port.postMessage(frame);
    },
    buffered: 0,
    ready: async () => {},
    close: () => {
      if (open) port.postMessage(null);
      open = false;
      frames.end();
    },
  };
}

/** The page's end: joins `port` to a transport until either ends. */
export async function passOn(transport: Transport, port: MessagePort): Promise<void> {
  port.addEventListener('message', ({data}: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) transport.send(data);
    else transport.close();
  });
  port.start();
  for await (const frame of transport.frames) port.postMessage(frame);
  port.postMessage(null);
}
