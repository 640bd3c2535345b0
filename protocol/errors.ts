/** The one error class of the network and its closed list of codes: the same on the wire, across workers and in the app. */

/** Who can act on an error: the person, the other side, this browser or device, or us (a bug). */
export type Actor = 'person' | 'other-side' | 'platform' | 'us';

interface ErrorEntry {
  /** Number on the wire; never reused. */
  readonly wire: number;
  readonly actor: Actor;
  /** What happened, what was done, what to do: one sentence or two, for a person. */
  readonly sentence: string;
}

const entry = (wire: number, actor: Actor, sentence: string): ErrorEntry => ({wire, actor, sentence});

/** Every code with its wire number, who can act, and the sentence a person reads. */
export const errorTable = {
  'cancelled': entry(1, 'person', 'You stopped this. What had arrived is kept.'),
  'no-node': entry(2, 'person', 'No computer offers this model right now. Nothing was sent; try another model, or share a GPU in another tab.'),
  'busy': entry(3, 'person', 'Every computer with this model is busy and the wait was too long. Nothing was sent; try again in a moment.'),
  'too-long': entry(4, 'person', 'This conversation is too long for the model. Nothing was sent; shorten it or start a new one.'),
  'not-paired': entry(5, 'person', 'That device is not paired with this one, or no longer. Pair both devices first; nothing was sent.'),
  'already-running': entry(6, 'person', 'Sharing already runs in another tab of this browser. Stop it there first.'),
  'unfunded': entry(7, 'person', 'Your deposit does not cover this. Nothing was sent and nothing was paid; deposit in the wallet, or choose a free computer.'),
  'trial-over': entry(8, 'person', 'Your free answers are used up for now. Nothing was sent; deposit in the wallet, or choose a free computer.'),
  'bad-amount': entry(9, 'person', 'That is not a sum of coins. Nothing was done; write a number above zero with at most nine decimals, such as 0.5.'),
  'bad-address': entry(10, 'person', 'That is not an address of this network. Nothing was sent; copy it again from the wallet.'),
  'bad-wallet': entry(11, 'person', 'The wallet could not prove its address, or is on another network. Nothing was changed; switch the network in the wallet and connect it again.'),
  'credit-limit': entry(12, 'person', 'This relay owes this computer as much as you allow. Collect your earnings, and paid jobs go on.'),
  'wallet-silent': entry(13, 'person', 'The wallet did not answer. It may still have sent the coins: look there before you try again; we go on looking on the chain.'),
  'wallet-empty': entry(14, 'person', 'The wallet has too few coins for this and its fees. Nothing was sent; put coins into it and try again.'),
  'metered': entry(15, 'person', 'This connection may cost you by the megabyte, so the large download has not begun. Go on if you like, or come back on another connection.'),
  'wrong-task': entry(16, 'person', 'This model can not do that. Nothing was computed; choose another model.'),
  'bad-media': entry(17, 'person', 'This picture or sound could not be read. Nothing was computed; try another file.'),
  'kept-home': entry(18, 'person', 'This conversation never leaves your devices. Nothing was sent; ask this device or one of yours, or turn that off for it first.'),
  'not-here': entry(19, 'person', 'This model is not on this device yet. Nothing was computed; get it first, or choose another model.'),
  'node-lost': entry(20, 'other-side', 'The answering computer went offline and no other could continue. What had arrived is kept; ask again to continue.'),
  'stalled': entry(21, 'other-side', 'The answering computer stopped sending, so we left it. What had arrived is kept; ask again.'),
  'tampered': entry(22, 'other-side', 'A piece of the answer was changed, repeated or lost on the way, so we stopped. What had arrived before it is intact; ask again.'),
  'bad-offer': entry(23, 'other-side', 'The offer of the answering computer is not valid, so nothing was sent. Try again.'),
  'wrong-node': entry(24, 'other-side', 'The relay connected us to a computer you did not choose, so nothing was sent. Try again or use another relay.'),
  'wrong-model': entry(25, 'other-side', 'The computer offered a different model than you asked for, so nothing was sent. Try again.'),
  'bad-receipt': entry(26, 'other-side', 'The receipt of this answer does not check out, so do not rely on the answer. The computer will be avoided.'),
  'overran': entry(27, 'other-side', 'The answering computer would not stop, so we left it. What had arrived is kept.'),
  'refused': entry(28, 'other-side', 'The computer could not take this job, and nothing was computed. Try again.'),
  'expired': entry(29, 'other-side', 'The offer ran out before the question reached the computer. Nothing was computed; try again.'),
  'bad-node': entry(30, 'other-side', 'The relay could not verify this computer, so it was not listed. Reload the page and start again.'),
  'dial-refused': entry(31, 'other-side', 'The other device did not accept a direct connection. Open Bombyx there and check the pairing.'),
  'unpaid': entry(32, 'other-side', 'The payment for the next piece did not come, so the answer stopped. What had arrived is paid and kept; ask again.'),
  'overcharged': entry(33, 'other-side', 'The other side asked for more than the answer is worth, so we stopped paying it. What had arrived is kept; it will be avoided.'),
  'bad-voucher': entry(34, 'other-side', 'A voucher does not check out, so it was refused. No coin moved; reload the page and try again.'),
  'banned': entry(35, 'other-side', 'This relay keeps this address or computer out for a while, because too much went wrong. Nothing was sent; wait, or use another relay.'),
  'outdated': entry(36, 'person', 'This page is older than the relay. Nothing was sent; load the new version of the page.'),
  'relay-outdated': entry(37, 'other-side', 'This relay is older than the page. Nothing was sent; its operator has to update it, or use another relay.'),
  'bad-relay': entry(38, 'other-side', 'The relay could not show who it is, so nothing was sent to it. Try again later, or use another relay.'),
  'relay-changed': entry(39, 'other-side', 'The relay shows another key than before, so nothing was sent to it. Ask its operator; under Settings you can decide to use it all the same.'),
  'no-webgpu': entry(40, 'platform', 'This browser cannot use the GPU. You can still ask, or share the demo model on the processor.'),
  'gpu-lost': entry(41, 'platform', 'The GPU was reset. The job was handed back to other computers.'),
  'load-failed': entry(42, 'platform', 'The model could not be loaded. Nothing is shared; check the connection and start again.'),
  'engine-failed': entry(43, 'platform', 'The model failed while answering. What had arrived is kept; ask again.'),
  'offline': entry(44, 'platform', 'The relay cannot be reached. Nothing was sent; check the connection and try again.'),
  'link-closed': entry(45, 'platform', 'The connection to the relay was lost. What had arrived is kept; it reconnects by itself, then ask again.'),
  'chain-down': entry(46, 'platform', 'The TON network can not be reached now. No coin moved; what is already deposited goes on working, try the rest again later.'),
  'storage-full': entry(47, 'platform', 'This browser has too little room for the model. What was already checked is kept; delete a model that you no longer need, or free space on the disk, and start again.'),
  'own-lost': entry(48, 'platform', 'The model was lost on this device again and again. What had arrived is kept; close other tabs or choose a smaller model, then ask again.'),
  'own-busy': entry(49, 'person', 'This device shares another model now and has no room for a second one. Nothing was computed; choose the one that is shared, or stop sharing first.'),
  'books-away': entry(50, 'platform', 'This relay can not reach its books now. No coin moved; what had arrived is kept and paid. Ask free computers, or try again in a moment.'),
  'too-dear': entry(51, 'person', 'Every computer with this model asks more for this answer than you allow. Nothing was sent; ask for a shorter answer, or allow more.'),
  'bad-message': entry(60, 'us', 'A message could not be understood and was refused. Reload the page; if it stays, tell us.'),
  'too-large': entry(61, 'us', 'A message was larger than allowed and was refused. Shorten it and try again.'),
  'bad-version': entry(62, 'us', 'This page and the relay speak different versions. Reload the page.'),
  'duplicate': entry(63, 'us', 'This job was already sent once, so the copy was refused. Ask again.'),
  'slow-consumer': entry(64, 'us', 'This connection did not keep up and was closed. It reconnects by itself.'),
  'flood': entry(65, 'us', 'Too many messages came in a short time, so the connection was closed. Wait a moment and try again.'),
  'internal': entry(66, 'us', 'Something went wrong on our side. Nothing was lost; try again, and tell us if it stays.'),
  'bad-work': entry(67, 'us', 'This relay asks for a little work for each free answer, and the proof of it was missing or wrong. Nothing was sent; reload the page and ask again.'),
} as const satisfies Record<string, ErrorEntry>;

/** Why an operation failed. */
export type ErrorCode = keyof typeof errorTable;

const byWire = new Map<number, ErrorCode>(
  (Object.keys(errorTable) as ErrorCode[]).map((code) => [errorTable[code].wire, code]),
);

/** The number that stands for `code` on the wire. */
export const wireOfCode = (code: ErrorCode): number => errorTable[code].wire;

/** The code behind a wire number; an unknown number (a newer peer) reads as `internal`. */
export const codeOfWire = (wire: number): ErrorCode => byWire.get(wire) ?? 'internal';

/** The one error class of the network. Compare `code`, never `instanceof` or `message`: classes do not survive a worker. */
export class NetworkError extends Error {
  override name = 'NetworkError';
  readonly code: ErrorCode;

  /** @param detail for logs and the details view; never holds content of a job. */
  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.code = code;
  }
}

/** The code of anything thrown; what is not ours reads as `internal`. */
export function codeOf(error: unknown): ErrorCode {
  if (typeof error !== 'object' || error === null) return 'internal';
  if ('code' in error && typeof error.code === 'string' && Object.hasOwn(errorTable, error.code)) return error.code as ErrorCode;
  return 'name' in error && error.name === 'AbortError' ? 'cancelled' : 'internal';
}

/** The sentence a person reads for anything thrown. */
export const sentenceOf = (error: unknown): string => errorTable[codeOf(error)].sentence;
