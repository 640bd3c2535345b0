/** The relay's face for its operator, under `/api/operator/`: open to whoever sends the key in a header, and to nobody else. */
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Bans} from '#protocol/roles/relay-bans.ts';
import {addressOf} from '../admission.ts';
import type {Log} from '../log.ts';
import {isActName, type OperatorActions} from './operator-actions.ts';
import type {OperatorDoor} from './operator-key.ts';
import {nodePage, overviewOf, type OverviewOptions} from './overview.ts';

export const operatorPath = '/api/operator/';
const mostBody = 4096;
const mostFind = 64;
const mostPages = 1000;

export interface DeskOptions extends OverviewOptions {
  readonly door: OperatorDoor;
  readonly actions: OperatorActions;
  readonly bans: Bans;
  readonly clock: Clock;
  readonly log: Log;
  readonly trustProxy: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const answer = (body: object): Answer => ({status: 200, body});
const refusal = (status: number, sentence: string): Answer => ({status, body: {code: status === 429 ? 'flood' : 'refused', sentence}});
const absent = refusal(404, 'There is nothing here.');

export class OperatorDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Shown by clients; empty for none. */
  get notice(): string {
    return this.#options.actions.notice;
  }

  /** Answers a request of our own page, whose host and origin were checked. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {status, body} = await this.#answer(request);
    // Whoever sent too much, or is not let in, may still be sending.
    request.resume();
    response.writeHead(status, {'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...(status === 429 ? {'retry-after': '60'} : {})});
    response.end(JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const shut = this.#shut(request);
    if (shut) return shut;
    const url = new URL(request.url ?? '/', 'http://relay');
    const name = url.pathname.slice(operatorPath.length);
    if (request.method === 'GET') return this.#show(name, url.searchParams);
    if (request.method !== 'POST' || !isActName(name)) return absent;
    const text = await bodyOf(request);
    if (text === undefined) return refusal(413, 'That is too long.');
    const wrong = this.#options.actions.act(name, text);
    return wrong === undefined ? answer({ok: true}) : refusal(400, wrong);
  }

  /** What whoever is not let in hears. */
  #shut(request: IncomingMessage): Answer | undefined {
    const {door, log, trustProxy} = this.#options;
    const entrance = door.enter(addressOf(request, trustProxy), request.headers.authorization);
    if (entrance === 'open') return undefined;
    if (entrance === 'wrong') {
      log('warn', 'operator-refused');
      return refusal(401, 'This is not the key of this relay’s operator.');
    }
    if (entrance === 'locked-now') log('warn', 'operator-locked-out');
    return refusal(429, entrance === 'flood' ? 'Too many requests from this address. Wait a moment.' : 'Too many wrong keys came from this address. It is locked out for a quarter of an hour.');
  }

  async #show(name: string, query: URLSearchParams): Promise<Answer> {
    const {actions, bans, clock} = this.#options;
    const now = clock.now();
    if (name === 'overview') return answer({...(await overviewOf(this.#options, now)), notice: actions.notice, acts: actions.acts});
    if (name === 'bans') return answer(actions.bans());
    if (name !== 'nodes') return absent;
    const [find, page] = [query.get('find') ?? '', query.get('page') ?? '0'];
    if (find.length > mostFind || !/^\d{1,4}$/.test(page) || Number(page) >= mostPages) return refusal(400, 'That can not be looked for.');
    return answer(nodePage(this.#options, {find, page: Number(page), isBanned: (node) => bans.find(node, now) !== undefined}));
  }
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= mostBody) parts.push(part);
  }
  return size > mostBody ? undefined : Buffer.concat(parts).toString('utf8');
}
