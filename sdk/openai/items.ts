/** Answers that are items, job by job: asked in order, with what is known of who gave each. */
import type {JobInput} from '#protocol/job.ts';
import type {Item} from '#protocol/result.ts';
import {ask, type Asking, type Waiting, waitingOf} from './asking.ts';
import type {Exchange} from './exchange.ts';
import type {ChosenModel} from './model-choice.ts';
import {Provenance} from './provenance.ts';

/** What happens on the way to the items of several jobs. */
export type ItemsTold =
  | Waiting
  /** All of one job; it has ended. */
  | {readonly is: 'items'; readonly job: number; readonly items: readonly Item[]};

export interface Asked {
  readonly model: ChosenModel;
  readonly jobs: readonly JobInput[];
  /** One is added for each job when it begins. */
  readonly provenances: Provenance[];
}

/** Asks for one job after the other. Throws NetworkError. */
export async function* askItems(exchange: Exchange, {model, jobs, provenances}: Asked): AsyncGenerator<ItemsTold, void> {
  for (const [index, job] of jobs.entries()) {
    const provenance = new Provenance(model);
    provenances.push(provenance);
    const items: Item[] = [];
    yield* askOne(exchange, {model, job, provenance, items});
    yield {is: 'items', job: index, items};
  }
}

async function* askOne(exchange: Exchange, {items, ...asking}: Asking & {readonly items: Item[]}): AsyncGenerator<Waiting, void> {
  for await (const event of ask(exchange, asking)) {
    const waiting = waitingOf(event);
    if (waiting) yield waiting;
    if (event.type === 'item') items.push(event.item);
    // It is done anew: what came is told again.
    if (event.type === 'resuming' && !event.kept) items.length = 0;
  }
}

/** Headers of an answer that took several jobs: of the first one, with the price of all that ended. */
export function headersOf([first, ...others]: readonly Provenance[]): Record<string, string> {
  const headers = first?.headers() ?? {};
  return first && 'x-bombyx-price' in headers ? {...headers, 'x-bombyx-price': String(others.reduce((sum, {price}) => sum + price, first.price))} : headers;
}
