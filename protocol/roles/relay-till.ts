/** Money at the relay's door: what of clients and nodes is for its cashier, and what waits for the cashier's word. */
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import type {Message, Terms} from '../messages.ts';
import type {Cashier} from './relay-cashier.ts';
import type {PresentNode} from './relay-jobs.ts';
import type {RelayLink} from './relay-link.ts';

type Slotted = {readonly client: RelayLink; readonly payment: Message<'match'>['payment']} | undefined;

export class RelayTill {
  readonly #cashier: Cashier | undefined;

  constructor(cashier: Cashier | undefined) {
    this.#cashier = cashier;
  }

  /** Takes what a client says of money. @throws NetworkError `refused` where it is no such thing, or there is no money here */
  fromClient(message: Message, {client, nonce}: {client: RelayLink; nonce: Terms['nonce']}): Promise<void> {
    const cashier = this.#cashier;
    if (message.kind === 'fund' && cashier) return cashier.fund(message, {client, nonce});
    if (message.kind === 'grant' && cashier) return cashier.grant(message, client);
    if (message.kind === 'trial' && cashier?.trial) return cashier.trial.admit(message, {client, nonce});
    throw new NetworkError('refused', `${message.kind} is not for the relay now`);
  }

  /** Takes what a node says of money. @throws NetworkError as `fromClient` */
  fromNode(message: Message, {id, link}: PresentNode): void | Promise<void> {
    const payee = {node: id, link};
    const cashier = this.#cashier;
    if (message.kind === 'due' && cashier) return cashier.due(message, id);
    if (message.kind === 'account' && cashier) return cashier.account(message, payee);
    if (message.kind === 'paid' && cashier) return cashier.shown(message, payee);
    throw new NetworkError('refused', `${message.kind} is not for the relay`);
  }

  /** Whether an offer and what its client pays with go together; a code where nobody can say. Where there is no money, the client alone decides. */
  agreed(offer: () => Message<'offer'>, {node: {id, link}, slotted}: {node: PresentNode; slotted: Slotted}): boolean | Promise<boolean | ErrorCode> {
    if (!this.#cashier || !slotted) return true;
    const agreed = this.#cashier.offered(offer(), {...slotted, payee: {node: id, link}});
    return typeof agreed === 'boolean' ? agreed : agreed.catch(codeOf);
  }

  /** Undefined where nothing has to be waited for. @throws NetworkError `unfunded` */
  requireDeposit(handle: JobHandle): void | Promise<void> {
    return this.#cashier?.requireDeposit(handle);
  }
}
