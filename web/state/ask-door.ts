/** The one door for every question: by its level it goes away or stays here, and what may not leave is refused. */
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from './chat.ts';
import {requireAllowed} from './sensitive.ts';

/** Who answers at which level. */
export interface Ways {
  /** Over links to relays or paired devices. */
  away(request: AskRequest): AsyncIterable<AskEvent>;
  here(request: AskRequest): AsyncIterable<AskEvent>;
}

/** Whoever asks: state refuses what may not leave before it comes here, and here it is refused once more, with `kept-home`. */
export const askBy = ({away, here}: Ways) =>
  async function* askOne(request: AskRequest): AsyncGenerator<AskEvent, void> {
    requireAllowed(request);
    yield* request.level === 'device' ? here(request) : away(request);
  };
