/** What the screens of pairing show, and what a person can do there. */
import type {Readable} from './store.ts';

/** Why nothing was paired. `tampered`: something in between, or a link that was changed; `lost`: one of the two went away. */
export type PairingEnd = 'unreadable' | 'expired' | 'used' | 'tampered' | 'self' | 'declined' | 'differed' | 'offline' | 'busy' | 'lost';

export type PairingStep =
  | {readonly is: 'idle'}
  /** The line to the relay opens, or the other device is looked for. */
  | {readonly is: 'joining'}
  | {readonly is: 'waiting'; readonly code: string; readonly link: string; readonly until: number}
  /** `agreed`: this person said yes, and the other one has yet to. */
  | {readonly is: 'comparing'; readonly name: string; /** Six digits. */ readonly comparison: string; readonly agreed: boolean}
  | {readonly is: 'paired'; readonly name: string}
  | {readonly is: 'ended'; readonly as: 'host' | 'guest'; readonly why: PairingEnd};

export interface PairingView {
  /** What the other device will call this one. */
  readonly name: string;
  readonly step: PairingStep;
}

export interface Pairing {
  readonly view: Readable<PairingView>;
  call(name: string): void;
  /** Shows a code and waits for a guest; resolves when it is over, in whichever way. */
  host(): Promise<void>;
  /** Goes to the device that shows this code or link. */
  join(given: string): Promise<void>;
  /** What this person says of the numbers. */
  answer(agreed: boolean): void;
  leave(): void;
}
