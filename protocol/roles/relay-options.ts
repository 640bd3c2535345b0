/** What a hub needs of its host, and what it tells it. */
import type {Bank} from './relay-bank.ts';
import type {Cashier} from './relay-cashier.ts';
import type {GateOptions} from './relay-gate.ts';
import type {PresentNode} from './relay-jobs.ts';
import type {FrameRate} from './relay-link.ts';
import type {Neighbours} from './relay-neighbours.ts';
import type {ShowSelf} from './relay-self.ts';
import type {HubCount} from './relay-watch.ts';

export interface HubOptions extends GateOptions {
  readonly name: string;
  /** Sees every frame that comes in; for tests that search them. */
  readonly observe?: (frame: Uint8Array) => void;
  /** What one link may send; the protocol's own limits where it is not given. */
  readonly frameRate?: FrameRate;
  /** Work that a free answer asks for, 0 to 24 bits; none where it is not given. */
  readonly workBits?: number;
  /** Without one, all answers at this relay are free. */
  readonly bank?: Bank;
  /** In place of a bank: books that are at another relay. */
  readonly cashier?: Cashier;
  /** Shows this relay's signed record; without it, it does not say who it is. */
  readonly showSelf?: ShowSelf;
  /** Two signalling ids may now exchange WebRTC offers: a paired device dialled its node and was accepted, or the two sides of a job meet. */
  readonly allowSignalling?: (left: string, right: string) => void;
  /** Strangers may meet: their browsers are given a TURN server, and connect in no other way. */
  readonly strangersMeet?: boolean;
  /** Other relays of the same cluster; without them it is alone. */
  readonly neighbours?: Neighbours;
  /** A node came, or brought a fresh record; or it left. */
  onNode?(node: Pick<PresentNode, 'id' | 'record' | 'models'>, is: 'came' | 'renewed' | 'left'): void;
  /** Hears how jobs go, in numbers. It must be quick. */
  readonly onCount?: (count: HubCount) => void;
}
