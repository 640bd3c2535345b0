/** What a person can do with conversations that are there already, or in a file. */
import type {Conversation} from './views.ts';

/** What became of conversations that were to be added. */
export interface Added {
  readonly added: number;
  /** Took the place of an older one with the same id. */
  readonly replaced: number;
  /** The one that is here is the same or newer. */
  readonly kept: number;
}

/** Conversations to add. */
export interface Arrival {
  readonly conversations: readonly Conversation[];
  /** Whether they have all branches and facts; what has not takes nothing's place. */
  readonly whole: boolean;
}

export interface History {
  rename(id: string, title: string): Promise<void>;
  pin(id: string, pinned: boolean): Promise<void>;
  /** Makes the branch that a conversation shows one that goes through the turn. */
  reveal(id: string, turn: string): Promise<void>;
  /** All or, where they can't be kept, none. */
  add(arrival: Arrival): Promise<Added>;
  removeAll(): Promise<void>;
}
