/** Why a request was not answered, in the shape that OpenAI's clients read. */
import {codeOf, type ErrorCode, NetworkError, sentenceOf} from '#protocol/errors.ts';

/** OpenAI's error object. */
export interface ErrorBody {
  readonly error: {readonly message: string; readonly type: string; readonly param: string | null; readonly code: string | null};
}

interface Kind {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  /** Where the sentence of the app would not fit a caller: a program that has no page. */
  readonly message?: string;
  /** When it is worth another try, s. */
  readonly retryAfter?: number;
}

export interface RefusalFacts {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  /** The field of the request that is wrong. */
  readonly param?: string | undefined;
  readonly code?: string;
  readonly retryAfter?: number | undefined;
}

export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly body: ErrorBody;
  /** s */
  readonly retryAfter: number | undefined;

  constructor({status, message, type = 'invalid_request_error', param, code, retryAfter}: RefusalFacts, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.body = {error: {message, type, param: param ?? null, code: code ?? null}};
    this.retryAfter = retryAfter;
  }
}

/** A field that is wrong, or asks for what does not exist here. */
export const badField = (param: string | undefined, message: string): Refusal => new Refusal({status: 400, message, param, ...(param === undefined ? {} : {code: 'invalid_value'})});
/** A field that other servers know, and this one can't follow. */
export const unsupported = (param: string, message: string): Refusal => new Refusal({status: 400, message, param, code: 'unsupported_parameter'});

const busy = {status: 429, type: 'rate_limit_error', code: 'no_capacity', retryAfter: 5} as const;
const away = {status: 503, type: 'server_error'} as const;

/** What each failure of the network is to an OpenAI client; what is not listed is a fault of the other side. */
const kinds: Readonly<Partial<Record<ErrorCode, Kind>>> = {
  'cancelled': {status: 499, type: 'invalid_request_error', code: 'cancelled', message: 'The request was cancelled. What had arrived was paid, nothing more.'},
  'no-node': {...away, code: 'no_capacity', retryAfter: 5, message: 'No computer offers this model right now. Nothing was sent. Try again in a moment, or choose another model of /v1/models.'},
  'busy': busy,
  'refused': busy,
  'expired': busy,
  'too-long': {status: 400, type: 'invalid_request_error', code: 'context_length_exceeded', message: 'The conversation and its longest answer do not fit the model. Shorten it, or ask for fewer tokens.'},
  'too-large': {status: 413, type: 'invalid_request_error', code: 'request_too_large', message: 'A job of this network holds 256 KiB with its pictures and sound. Nothing was sent; shorten it.'},
  'unfunded': {status: 402, type: 'insufficient_quota', code: 'insufficient_quota', message: 'What is deposited, or may be spent today, does not cover this. Nothing was sent. Deposit more, raise the cap, or choose a free computer.'},
  'trial-over': {status: 402, type: 'insufficient_quota', code: 'insufficient_quota', message: 'The free answers of this relay are used up for now. Nothing was sent. Deposit, or choose a free computer.'},
  'too-dear': {status: 402, type: 'insufficient_quota', code: 'price_cap', message: 'Every computer with this model asks more for an answer of this length than the price cap allows. Nothing was sent. Ask for fewer tokens (max_tokens), or raise the cap.'},
  'wrong-task': {status: 400, type: 'invalid_request_error', code: 'unsupported_model', message: 'This model can not do that. Nothing was computed; choose another model of /v1/models.'},
  'bad-media': {status: 400, type: 'invalid_request_error', code: 'invalid_media', message: 'The picture or sound could not be read. Nothing was computed; try another file.'},
  'not-paired': {status: 403, type: 'permission_error', code: 'not_paired', message: 'None of your own devices knows this client, or no longer. Pair it first; nothing was sent.'},
  'kept-home': {status: 403, type: 'permission_error', code: 'kept_home'},
  'offline': {...away, code: 'relay_unreachable', retryAfter: 5, message: 'The relay can not be reached. Nothing was sent; check its address and try again.'},
  'link-closed': {...away, code: 'relay_unreachable', retryAfter: 2, message: 'The connection to the relay was lost. It comes back by itself; try again.'},
  'books-away': {...away, code: 'books_away', retryAfter: 10},
  'chain-down': {...away, code: 'chain_unreachable', retryAfter: 30},
  'banned': {status: 403, type: 'permission_error', code: 'banned'},
  'bad-message': {status: 400, type: 'invalid_request_error', code: 'invalid_job', message: 'The network does not take such a job. Nothing was computed; see the details in docs/gateway.md.'},
  'internal': {status: 500, type: 'server_error', code: 'internal', message: 'Something went wrong on our side. Nothing was lost; try again, and tell us if it stays.'},
};

/** Anything thrown, as it is told. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = codeOf(error);
  const {message, ...kind}: Kind = kinds[code] ?? {status: 502, type: 'server_error', code: code.replaceAll('-', '_')};
  return new Refusal({...kind, message: (message ?? sentenceOf(new NetworkError(code))) + detailOf(error, kind)}, {cause: error});
}

/** What is known of a sum that did not suffice. */
function detailOf(error: unknown, {status}: Kind): string {
  const detail = status === 402 && error instanceof Error ? /^[a-z-]+: (.+)$/.exec(error.message)?.[1] : undefined;
  return detail === undefined ? '' : ` (${detail})`;
}
