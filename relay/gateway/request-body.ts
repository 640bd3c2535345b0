/** The body of a request in memory, within its bound. */
import type {IncomingMessage} from 'node:http';
import {Refusal} from '#sdk/openai/refusal.ts';

/** A job holds 256 KiB; in JSON with base64 it is longer, but never so long. */
const maxJson = 4 * 1024 * 1024;
/** A sound file, as OpenAI takes it. */
const maxForm = 26 * 1024 * 1024;

/** @throws Refusal 413, 400 when it ends before its end */
export async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const most = String(request.headers['content-type'] ?? '').startsWith('multipart/form-data') ? maxForm : maxJson;
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > most) throw tooLarge(most);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal({status: 400, message: 'The body broke off before its end.', code: 'incomplete_body'}, {cause: error});
  }
  return new Uint8Array(Buffer.concat(pieces));
}

const tooLarge = (most: number): Refusal => new Refusal({status: 413, message: `The body is larger than ${most} bytes. Nothing was sent.`, code: 'request_too_large'});
