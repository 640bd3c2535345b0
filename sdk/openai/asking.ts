/** A question to the network as every route asks it: within the caller's cap and level, and told of by its provenance. */
import type {JobInput} from '#protocol/job.ts';
import {hashOfModel} from '#protocol/models.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {Exchange} from './exchange.ts';
import type {ChosenModel} from './model-choice.ts';
import type {Provenance} from './provenance.ts';

export interface Asking {
  readonly model: ChosenModel;
  readonly job: JobInput;
  readonly provenance: Provenance;
}

/** Throws NetworkError. */
export async function* ask({options, asking, companions}: Exchange, {model: {entry, only}, job, provenance}: Asking): AsyncGenerator<AskEvent, void> {
  const {network, priceCap, delivery} = options;
  const start = {model: hashOfModel(entry), job};
  const prefer = companions.of(start);
  for await (const event of network.ask({model: start.model, job: {...job, delivery}, priceCap, signal: asking.signal, ...(only ? {only} : {}), ...(prefer ? {prefer} : {})})) {
    provenance.hear(event);
    if (event.type === 'bound') companions.note(start, event.node);
    yield event;
  }
}

/** What the caller can be told while there is no answer yet. */
export interface Waiting {
  readonly is: 'waiting';
  readonly comment: string;
}

/** Undefined for events that are no wait. */
export function waitingOf(event: AskEvent): Waiting | undefined {
  if (event.type === 'waiting') return {is: 'waiting', comment: `queued position=${event.position}${event.etaMs > 0 ? ` eta=${Math.ceil(event.etaMs / 1000)}s` : ''}`};
  if (event.type === 'working') return {is: 'waiting', comment: 'working for a free answer'};
  return event.type === 'resuming' ? {is: 'waiting', comment: 'another computer goes on'} : undefined;
}
