/** Asks a TURN server for a place, as a browser does first (RFC 8656, 7), and gives what it answers: 0 for a place, or its error code. */
import {createHash, createHmac, randomBytes} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';

const allocate = 0x0003;
const magicCookie = 0x2112a442;
const attributes = {username: 0x0006, integrity: 0x0008, error: 0x0009, realm: 0x0014, nonce: 0x0015, transport: 0x0019} as const;
const udp = Buffer.from([17, 0, 0, 0]);

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function message(parts: readonly Buffer[], integrityBytes = 0): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(allocate, 0);
  head.writeUInt16BE(body.length + integrityBytes, 2);
  head.writeUInt32BE(magicCookie, 4);
  randomBytes(12).copy(head, 8);
  return Buffer.concat([head, body]);
}

/** A message with its proof of the password: HMAC over what is before, its own length counted. */
function proven(parts: readonly Buffer[], key: Buffer): Buffer {
  const open = message(parts, 24);
  return Buffer.concat([open, attribute(attributes.integrity, createHmac('sha1', key).update(open).digest())]);
}

function valueIn(answer: Buffer, type: number): Buffer | undefined {
  for (let at = 20; at + 4 <= answer.length; ) {
    const length = answer.readUInt16BE(at + 2);
    if (answer.readUInt16BE(at) === type) return answer.subarray(at + 4, at + 4 + length);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return undefined;
}

export async function askForPlace(url: string, {username, credential}: {username: string; credential: string}): Promise<number> {
  const [, host = '', port = ''] = /^turn:([^:]+):(\d+)/.exec(url) ?? [];
  const socket = createSocket('udp4');
  const ask = async (text: Buffer): Promise<Buffer> => {
    socket.send(text, Number(port), host);
    return ((await once(socket, 'message')) as [Buffer])[0];
  };
  try {
    const greeting = await ask(message([attribute(attributes.transport, udp)]));
    const [realm, nonce] = [valueIn(greeting, attributes.realm), valueIn(greeting, attributes.nonce)];
    if (!realm || !nonce) throw new Error('the TURN server asks for no password');
    const key = createHash('md5').update(`${username}:${String(realm)}:${credential}`).digest();
    const named = [attribute(attributes.username, Buffer.from(username)), attribute(attributes.realm, realm), attribute(attributes.nonce, nonce)];
    const error = valueIn(await ask(proven([attribute(attributes.transport, udp), ...named], key)), attributes.error);
    return error ? (error[2] ?? 0) * 100 + (error[3] ?? 0) : 0;
  } finally {
    socket.close();
  }
}
