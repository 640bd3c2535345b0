/** Pairing through a relay: both sides see the same digits, or nothing comes of it, whatever the relay or a third one does. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {type Invitation, freshPairingSecret, pairingRoom, type PairingSecret, printOf} from '../pairing-secret.ts';
import {commitmentTo, openWord, sealWord} from '../pairing-words.ts';
import {ClientLink} from '../roles/client-link.ts';
import {hostPairing, joinPairing, type PairingParty} from '../roles/pairing.ts';
import {ManualClock} from './manual-clock.ts';
import type {Tamper} from './memory-link.ts';
import {TestNetwork} from './network.ts';

const party = (digit: string, name: string): PairingParty => ({keys: {node: digit.repeat(64) as NodeId, device: `${digit}f`.repeat(32) as DeviceId}, name});
const [desk, phone, thief] = [party('1', 'Desk'), party('2', 'Téléphone'), party('3', 'Desk')];

function stage() {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  network.sweepEachSecond();
  const secret = freshPairingSecret();
  const open = (tamper?: Tamper, prefix?: string) => clock.drive(ClientLink.open({transport: network.connect(tamper, prefix), clock}));
  const host = async (self = desk, {tamper, known = secret}: {tamper?: Tamper; known?: PairingSecret} = {}) => hostPairing(await open(tamper), {secret: known, self: () => self, clock});
  const join = async (self = phone, {tamper, ...invitation}: Partial<Invitation> & {tamper?: Tamper} = {}) =>
    joinPairing(await open(tamper), {invitation: {secret, print: printOf(desk.keys), ...invitation}, self: () => self, clock});
  return {network, clock, secret, open, host, join};
}
type Stage = ReturnType<typeof stage>;

const outcome = <T>({clock}: Stage, work: Promise<T>): Promise<T | string> => clock.drive(work.catch((error: unknown) => codeOf(error)));

/** Lets the room be open before anybody knocks. */
async function waiting<T>({clock}: Stage, hosting: Promise<T>): Promise<{hosted: Promise<T>}> {
  hosting.catch(() => {});
  await clock.advance(100);
  return {hosted: hosting};
}

test('a scanned link, and a typed code: both hear the other, see the same digits and what the other says', async () => {
  for (const print of [printOf(desk.keys), undefined]) {
    const at = stage();
    const {hosted} = await waiting(at, at.host());
    const [left, right] = await at.clock.drive(Promise.all([hosted, at.join(phone, {print})]));
    assert.deepEqual([left.other, right.other], [phone, desk]);
    assert.match(left.comparison, /^\d{6}$/);
    assert.equal(left.comparison, right.comparison);
    await left.say(true);
    await right.say(false);
    assert.deepEqual(await at.clock.drive(Promise.all([left.theirs, right.theirs])), [false, true]);
  }
});

test('the relay sees a room and words of one size, and neither name nor key in them', async () => {
  const seen: Uint8Array[] = [];
  const at = stage();
  const note: Tamper = (frame) => {
    seen.push(frame);
    return [frame];
  };
  const {hosted} = await waiting(at, at.host(desk, {tamper: note}));
  const [left, right] = await at.clock.drive(Promise.all([hosted, at.join(phone, {tamper: note})]));
  await left.say(true);
  await right.say(true);
  await at.clock.drive(Promise.all([left.theirs, right.theirs]));
  const messages = seen.map(decodeMessage).filter(({kind}) => kind === 'knock' || kind === 'aside');
  assert.deepEqual(messages.map(({kind}) => kind).toSorted(), ['aside', 'aside', 'aside', 'aside', 'knock']);
  const text = seen.map((frame) => Buffer.from(frame).toString('latin1') + Buffer.from(frame).toString('hex')).join(' ');
  for (const secretPart of ['Desk', desk.keys.node, phone.keys.device, at.secret]) assert.ok(!text.includes(secretPart), secretPart);
});

test('a wrong secret finds nobody; whoever guesses on loses the link', async () => {
  const at = stage();
  await waiting(at, at.host());
  assert.equal(await outcome(at, at.join(phone, {secret: freshPairingSecret()})), 'expired');
  const link = await at.open();
  for (let guess = 0; guess < 9; guess += 1) {
    await outcome(at, joinPairing(link, {invitation: {secret: freshPairingSecret(), print: undefined}, self: () => phone, clock: at.clock}));
  }
  assert.equal(link.isOpen, false);
});

test('a second guest is refused, and so is one after the end', async () => {
  const at = stage();
  const {hosted} = await waiting(at, at.host());
  await at.clock.drive(Promise.all([hosted, at.join()]));
  assert.equal(await outcome(at, at.join(thief)), 'duplicate');
  const late = stage();
  const {hosted: over} = await waiting(late, late.host());
  await late.clock.advance(limits.pairingMs + 2000);
  assert.equal(await outcome(late, over), 'expired');
  assert.equal(await outcome(late, late.join()), 'expired');
});

test('a link that names other keys than the host has is refused before the guest says who it is', async () => {
  const at = stage();
  const {hosted} = await waiting(at, at.host());
  assert.equal(await outcome(at, at.join(phone, {print: printOf(thief.keys)})), 'wrong-node');
  assert.equal(await outcome(at, hosted), 'stalled');
});

/** A relay that changes, repeats or swaps what it passes on. */
const changed: Tamper = (frame) => {
  const message = decodeMessage(frame);
  if (message.kind !== 'aside' && message.kind !== 'knock') return [frame];
  const copy = Uint8Array.from(frame);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return [copy];
};

test('a relay that changes or repeats a word is found out: nothing opens', async () => {
  const first = stage();
  const {hosted} = await waiting(first, first.host(desk, {tamper: changed}));
  void first.join().catch(() => {});
  assert.equal(await outcome(first, hosted), 'tampered');
  const second = stage();
  await waiting(second, second.host());
  assert.equal(await outcome(second, second.join(phone, {tamper: changed})), 'tampered');
  const third = stage();
  const twice: Tamper = (frame) => (decodeMessage(frame).kind === 'aside' ? [frame, frame] : [frame]);
  const {hosted: repeated} = await waiting(third, third.host());
  const [left, right] = await third.clock.drive(Promise.all([repeated, third.join(phone, {tamper: twice})]));
  await left.say(true);
  assert.equal(await outcome(third, right.theirs), 'tampered', 'an introduction in the place of the verdict');
});

/** Somebody who knows the secret and carries everything: answers the guest in the host's place with keys of its own. */
async function inTheMiddle(at: Stage, room: {hosted: ReturnType<typeof hostPairing>}) {
  // The true host is asked by the thief, and the guest by a false host in another room of the same secret.
  const other = stage();
  const {hosted: falseHost} = await waiting(other, other.host(thief, {known: at.secret}));
  const victim = joinPairing(await other.open(), {invitation: {secret: at.secret, print: undefined}, self: () => phone, clock: other.clock});
  const [towardsHost, host] = await at.clock.drive(Promise.all([at.join(thief, {print: undefined}), room.hosted]));
  const [towardsGuest, guest] = await other.clock.drive(Promise.all([falseHost, victim]));
  return {host, guest, towardsHost, towardsGuest};
}

test('a relay that knows the secret and swaps the keys shows as different digits', async () => {
  const at = stage();
  const {host, guest} = await inTheMiddle(at, await waiting(at, at.host()));
  assert.deepEqual([host.other.keys, guest.other.keys], [thief.keys, thief.keys]);
  assert.notEqual(host.comparison, guest.comparison);
});

test('a guest that introduces itself as somebody else than it bound itself to is refused', async () => {
  const at = stage();
  const {hosted} = await waiting(at, at.host());
  const {room, guestKey, hostKey} = pairingRoom(at.secret);
  const nonce = new Uint8Array(32);
  const channel = (await at.open()).job();
  channel.send('knock', {room, sealed: await sealWord(guestKey, 'commit', {commitment: commitmentTo({...phone.keys, name: 'a', nonce})})});
  const answer = await at.clock.drive(channel.next());
  assert.ok(answer.kind === 'aside');
  assert.equal((await openWord(hostKey, 'introduce', answer.sealed)).name, 'Desk');
  channel.send('aside', {sealed: await sealWord(guestKey, 'introduce', {...thief.keys, name: 'a', nonce})});
  assert.equal(await outcome(at, hosted), 'tampered');
});

test('a device does not pair with itself', async () => {
  const at = stage();
  const {hosted} = await waiting(at, at.host());
  const both = Promise.allSettled([hosted, at.join(desk)]);
  assert.deepEqual((await at.clock.drive(both)).map((each) => each.status === 'rejected' && codeOf(each.reason)), ['bad-message', 'bad-message']);
});

test('a side that goes away is told to the other at once', async () => {
  const at = stage();
  const link = await at.open();
  const hosting = hostPairing(link, {secret: at.secret, self: () => desk, clock: at.clock});
  const {hosted} = await waiting(at, hosting);
  const [, guest] = await at.clock.drive(Promise.all([hosted, at.join()]));
  link.close();
  assert.equal(await outcome(at, guest.theirs), 'link-closed');
  assert.equal(await outcome(at, at.join(thief)), 'expired', 'the room is gone too');
});

test('the relay keeps one room for a link and eight for a household, and passes no more than is needed', async () => {
  const at = stage();
  const link = await at.open();
  const self = () => desk;
  await waiting(at, hostPairing(link, {secret: at.secret, self, clock: at.clock}));
  assert.equal(await outcome(at, hostPairing(link, {secret: freshPairingSecret(), self, clock: at.clock})), 'duplicate');
  for (let count = 0; count < 8; count += 1) await waiting(at, hostPairing(await at.open(undefined, 'home'), {secret: freshPairingSecret(), self, clock: at.clock}));
  assert.equal(await outcome(at, hostPairing(await at.open(undefined, 'home'), {secret: freshPairingSecret(), self, clock: at.clock})), 'busy');
  await waiting(at, hostPairing(await at.open(undefined, 'elsewhere'), {secret: freshPairingSecret(), self, clock: at.clock}));

  const talk = stage();
  const {hosted} = await waiting(talk, talk.host());
  const chatty = await talk.open();
  const joining = joinPairing(chatty, {invitation: {secret: talk.secret, print: undefined}, self: () => phone, clock: talk.clock});
  const [, guest] = await talk.clock.drive(Promise.all([hosted, joining]));
  for (let count = 0; count < 20; count += 1) await guest.say(true);
  await talk.clock.advance(100);
  assert.equal(chatty.isOpen, false);
});

test('words of a pairing under the handle of the link, or to nobody, do no harm', async () => {
  const at = stage();
  const link = await at.open();
  link.job().send('aside', {sealed: new Uint8Array(limits.pairingWordBytes)});
  await at.clock.advance(100);
  assert.ok(link.isOpen);
  link.transport.send(encodeMessage('host', {room: new Uint8Array(16)}));
  await at.clock.advance(100);
  assert.equal(link.isOpen, false);
});
