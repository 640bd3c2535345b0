/** What a message tells those around it: that a person wants to change or delete it; and when its place among its versions is another one. */
import type {Place} from '../state/branches.ts';

/** A person wants this turn and what follows it deleted. */
export class RemoveTurnEvent extends Event {
  static readonly type = 'bombyx-remove-turn';
  readonly turn: string;

  constructor(turn: string) {
    super(RemoveTurnEvent.type, {bubbles: true, composed: true});
    this.turn = turn;
  }
}

/** A person wants to write this message anew. */
export const editEvent = 'bombyx-edit';

/** Whether a place is another one: it is reckoned anew with each word of an answer. */
export const isElsewhere = (now: Place | undefined, before: Place | undefined): boolean => now?.index !== before?.index || now?.of !== before?.of;
