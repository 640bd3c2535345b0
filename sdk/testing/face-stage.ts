/** The OpenAI face before a whole network in one process: a relay, nodes and one client over memory links, one manual clock. */
import {setImmediate} from 'node:timers/promises';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {TestNetwork, testModel, type TestNode} from '#protocol/testing/network.ts';
import {openAiFace} from '../openai/face.ts';
import type {FaceOptions} from '../openai/network.ts';
import {catalogue, parrot} from './catalogue.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON. */
  json<T>(): T;
}

export class FaceStage {
  readonly clock = new ManualClock(() => setImmediate());
  readonly #network = new TestNetwork(this.clock);
  readonly #face: (request: Request) => Promise<Response>;

  constructor(more: Partial<FaceOptions> = {}) {
    const client = this.#network.client();
    const network = {ask: client.ask.bind(client), directory: () => client.directory(), catalogue: async () => catalogue, mine: () => new Set<never>()};
    this.#face = openAiFace({network, clock: this.clock, priceCap: 0n, level: 'network', delivery: 'stream', ...more});
  }

  node(engine: Engine, entry: CatalogueEntry = parrot): Promise<TestNode> {
    return this.#network.node(engine, {model: {...testModel, hash: hashOfModel(entry)}});
  }

  /** Asks, and drives the clock until the answer was read to its end. A form is sent as one, anything else as JSON. */
  async post(path: string, body: object): Promise<Answer> {
    const init = body instanceof FormData ? {body} : {body: JSON.stringify(body), headers: {'content-type': 'application/json'}};
    const asking = this.#face(new Request(`http://face.test/v1/${path}`, {method: 'POST', ...init}));
    return this.clock.drive(asking.then(read));
  }
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return {status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T};
}

/** The events of a stream: their data as JSON, in order; comments left out. */
export const eventsOf = <T>({text}: Answer): readonly T[] =>
  text.split('\n\n').flatMap((event) => event.split('\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6)) as T] : [])));
