/** A relay is asked who it is, by both roles and by strangers; what lies, copies or overdoes it is found out. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {type Bytes, randomBytes} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {createSecret, identityOf} from '../identity.ts';
import {linkHandle, type RelayId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {checkRelayRecord, type RelayFacts, signRelayRecord} from '../relay-record.ts';
import {ClientLink} from '../roles/client-link.ts';
import {meetRelay} from '../roles/meet-relay.ts';
import {relaySelf, type ShowSelf} from '../roles/relay-self.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';

const address = 'https://relay.example.org';
const facts: RelayFacts = {name: 'A relay', address, contact: 'help@relay.example.org', feePermille: 0, freeAnswers: 0, linksPerAddress: 64, jobsPerLink: 16, waitSeconds: 60};
const identity = await identityOf<RelayId>(await createSecret());

function stage(change: (show: ShowSelf) => ShowSelf | undefined = (show) => show) {
  const clock = new ManualClock(() => setImmediate());
  const showSelf = change(relaySelf({identity, facts, clock}));
  const network = new TestNetwork(clock, showSelf ? {showSelf} : {});
  const open = () => clock.drive(ClientLink.open({transport: network.connect(), clock}));
  return {clock, network, open};
}

test('meetRelay(): a client learns whose relay it is; hours later the record still stands', async () => {
  const {clock, open} = stage();
  const link = await open();
  const first = await clock.drive(meetRelay(link, {clock, address}));
  assert.deepEqual(first, {...facts, relay: identity.id, issued: first.issued, expires: first.issued + limits.recordSeconds});
  await clock.advance(limits.recordSeconds * 2500);
  const later = await clock.drive(meetRelay(link, {clock, address}));
  assert.ok(later.issued > first.issued + limits.recordSeconds);
});

test('a stranger may ask before it says what it is', async () => {
  const {clock, network} = stage();
  const transport = network.connect();
  const nonce = randomBytes(32);
  transport.send(encodeMessage('about', {nonce, shown: undefined}));
  const first = await clock.drive(transport.frames[Symbol.asyncIterator]().next());
  const {shown, handle} = decodeMessage(first.value as Uint8Array) as Message<'about'>;
  assert.equal(handle, linkHandle);
  assert.equal((await checkRelayRecord(shown ?? assert.fail(), {nonce, now: clock.now()})).relay, identity.id);
});

test('meetRelay(): a relay without a key, at another address, with a copied or a changed answer is bad-relay; the link stays', async () => {
  const copied = {record: await signRelayRecord(identity, {...facts, issued: 1_800_000_000, expires: 1_800_003_600}), proof: randomBytes(64)};
  const flipped = (bytes: Bytes): Bytes => bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
  const changes: readonly ((show: ShowSelf) => ShowSelf | undefined)[] = [() => undefined, () => async () => copied, (show) => async (nonce) => ({...(await show(nonce)), record: flipped(copied.record)}), (show) => () => show(randomBytes(32))];
  for (const change of changes) {
    const {clock, open} = stage(change);
    const link = await open();
    await assert.rejects(clock.drive(meetRelay(link, {clock, address})), {code: 'bad-relay'});
    assert.equal(link.isOpen, true);
  }
  const {clock, open} = stage();
  await assert.rejects(clock.drive(meetRelay(await open(), {clock, address: 'https://elsewhere.example'})), {code: 'bad-relay'});
});

test('whoever asks again and again is cut off: each answer is two signatures', async () => {
  const {clock, open} = stage();
  const link = await open();
  const asks = Array.from({length: 64}, () => meetRelay(link, {clock, address}));
  const results = await clock.drive(Promise.allSettled(asks));
  const met = results.filter(({status}) => status === 'fulfilled').length;
  assert.ok(met > 0 && met < 40, `${met} answers`);
  assert.equal(await link.ended, 'flood');
});
