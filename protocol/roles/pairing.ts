/**
 * Two devices of one person pair through a relay that can read nothing of it (docs/protocol.md, section 16).
 *
 *   guest                            relay                            host
 *                                      keeps the room         <-        host {room}
 *     knock {room, commit}       ->    to the room's host     ->        binds the guest before it hears anything
 *                                <-                           <-        aside {introduce}
 *     aside {introduce}          ->                           ->        as it was bound to?
 *     ... both screens show the same six digits, and both people say whether they do ...
 *     aside {verdict}           <->                          <->        aside {verdict}
 */
import {type Bytes, randomBytes} from '../bytes.ts';
import {type ErrorCode, NetworkError} from '../errors.ts';
import {limits} from '../limits.ts';
import type {Kind, Message} from '../messages.ts';
import type {PairingKeys} from '../pairing.ts';
import {comparisonOf, type Invitation, pairingRoom, type PairingSecret, printOf} from '../pairing-secret.ts';
import {commitmentTo, isCommittedTo, openWord, type PairingIntroduction, sealWord, writeIntroduction} from '../pairing-words.ts';
import type {ClientLink, JobChannel} from './client-link.ts';
import {within} from './deadline.ts';
import type {Clock} from './ports.ts';

/** One side of a pairing. */
export interface PairingParty {
  readonly keys: PairingKeys;
  /** As its person calls it, 160 bytes at most. */
  readonly name: string;
}

/** Two sides that have heard each other and wait for their people. */
export interface PairingMeeting {
  readonly other: PairingParty;
  /** Six digits; the other screen shows the same unless somebody is in between. */
  readonly comparison: string;
  /** Whether the person at the other side agreed. Rejects when that can't be heard any more. */
  readonly theirs: Promise<boolean>;
  /** Tells the other side what this person says. */
  say(agreed: boolean): Promise<void>;
}

export interface PairingOptions {
  /** Asked when it is told to the other side. */
  self(): PairingParty;
  readonly clock: Clock;
}

/** How long the other side may take: as a person, and as a machine. */
const person = {ms: limits.pairingMs, code: 'expired'} as const;
const machine = {ms: limits.stepMs, code: 'stalled'} as const;

/** Waits for one guest; the link should serve nothing else. Rejects with `expired`, `tampered`, `link-closed`. */
export async function hostPairing(link: ClientLink, {secret, self, clock}: PairingOptions & {readonly secret: PairingSecret}): Promise<PairingMeeting> {
  const {room, hostKey, guestKey} = pairingRoom(secret);
  const channel = link.job();
  channel.send('host', {room});
  const knock = await hear(channel, {kind: 'knock', clock, ...person});
  const {commitment} = await openWord(guestKey, 'commit', knock.sealed);
  const own = introductionOf(self());
  channel.send('aside', {sealed: await sealWord(hostKey, 'introduce', own)});
  const guest = await openWord(guestKey, 'introduce', (await hear(channel, {kind: 'aside', clock, ...machine})).sealed);
  if (!isCommittedTo(commitment, guest)) throw new NetworkError('tampered', 'the guest is not who it was');
  const comparison = comparisonOf(secret, {host: writeIntroduction(own), guest: writeIntroduction(guest)});
  return meeting(channel, {other: guest, own, comparison, clock, hisKey: guestKey, ourKey: hostKey});
}

/** Knocks at a room. Rejects with `expired` when nobody waits there, `duplicate` when somebody was there before, `wrong-node` when the host has other keys than its link says, `tampered`, `stalled`, `link-closed`. */
export async function joinPairing(link: ClientLink, {invitation, self, clock}: PairingOptions & {readonly invitation: Invitation}): Promise<PairingMeeting> {
  const {secret, print} = invitation;
  const {room, hostKey, guestKey} = pairingRoom(secret);
  const channel = link.job();
  const own = introductionOf(self());
  channel.send('knock', {room, sealed: await sealWord(guestKey, 'commit', {commitment: commitmentTo(own)})});
  const host = await openWord(hostKey, 'introduce', (await hear(channel, {kind: 'aside', clock, ...machine})).sealed);
  if (print !== undefined && print !== printOf(host)) throw new NetworkError('wrong-node', 'not the device that the link names');
  channel.send('aside', {sealed: await sealWord(guestKey, 'introduce', own)});
  const comparison = comparisonOf(secret, {host: writeIntroduction(host), guest: writeIntroduction(own)});
  return meeting(channel, {other: host, own, comparison, clock, hisKey: hostKey, ourKey: guestKey});
}

const introductionOf = ({keys, name}: PairingParty): PairingIntroduction => ({...keys, name, nonce: randomBytes(32)});

interface Met {
  readonly other: PairingIntroduction;
  readonly own: PairingIntroduction;
  readonly comparison: string;
  readonly clock: Clock;
  readonly hisKey: Bytes;
  readonly ourKey: Bytes;
}

function meeting(channel: JobChannel, {other, own, comparison, clock, hisKey, ourKey}: Met): PairingMeeting {
  const {node, device, name} = other;
  if (node === own.node || device === own.device) throw new NetworkError('bad-message', 'this very device');
  const theirs = hear(channel, {kind: 'aside', clock, ...person}).then(async ({sealed}) => (await openWord(hisKey, 'verdict', sealed)).agreed === 1);
  // Who gives up before he has heard it does not listen.
  theirs.catch(() => {});
  return {
    other: {keys: {node, device}, name},
    comparison,
    theirs,
    say: async (agreed) => channel.send('aside', {sealed: await sealWord(ourKey, 'verdict', {agreed: agreed ? 1 : 0})}),
  };
}

async function hear<K extends Kind>(channel: JobChannel, {kind, ...patience}: {kind: K; clock: Clock; ms: number; code: ErrorCode}): Promise<Message<K>> {
  const message = await within(channel.next(), patience);
  if (message.kind === 'failed') throw new NetworkError(message.code, 'pairing');
  if (message.kind !== kind) throw new NetworkError('bad-message', `${message.kind} instead of ${kind}`);
  return message as Message<K>;
}
