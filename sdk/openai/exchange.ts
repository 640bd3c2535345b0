/** One request on its way to an answer: what every route is handed. */
import {toHex, randomBytes} from '#protocol/bytes.ts';
import type {Companions} from './companions.ts';
import type {FaceOptions} from './network.ts';

export interface Exchange {
  readonly options: FaceOptions;
  readonly request: Request;
  /** Aborted when the caller leaves. */
  readonly asking: AbortController;
  readonly companions: Companions;
}

/** Names of answers: `chatcmpl-` and 128 random bits. */
export const freshId = (kind: string, between = '-'): string => `${kind}${between}${toHex(randomBytes(16))}`;

/** s since 1970, as OpenAI's `created`. */
export const secondsOf = ({options}: Exchange): number => Math.floor(options.clock.now() / 1000);

/** The level that a request asks for in its headers. */
export const levelHeader = ({request}: Exchange): string | null => request.headers.get('x-bombyx-level');

export const json = (body: object, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), {headers: {'content-type': 'application/json; charset=utf-8', ...headers}});
