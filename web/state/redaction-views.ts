/** What the screens show of hiding personal details, and what a person can decide about it. */
import type {Found} from './redaction/kinds.ts';
import type {Readable} from './store.ts';

export interface RedactionView {
  /** Whether details are hidden from computers of the network. */
  readonly on: boolean;
  /** Hidden wherever they stand. */
  readonly terms: readonly string[];
  /** Sent as they are, because this person said so. */
  readonly asIs: readonly string[];
  /** What was hidden of a question when it was sent last, by the id of its turn. */
  readonly hidden: Readonly<Record<string, readonly Found[]>>;
}

export interface Redaction {
  readonly view: Readable<RedactionView>;
  turn(on: boolean): Promise<void>;
  setTerms(terms: readonly string[]): Promise<void>;
  /** From the next question on. */
  sendAsIs(value: string): Promise<void>;
  hideAgain(value: string): Promise<void>;
}
