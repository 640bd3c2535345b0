/** A relay that lies: whatever it does to frames, the client is told, and can ask again on the same link. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {randomBytes} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, type ErrorCode, errorTable, sentenceOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {signRecord} from '../node-record.ts';
import {signOffer} from '../offer.ts';
import {freeOfCharge} from '../price.ts';
import {JobKey} from '../seal.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import type {Tamper} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

const response = 0x23;
const released = 0x25;
const story = Array.from({length: 30}, (_, index) => `word${index}`).join(' ');
const start = () => new TestNetwork(new ManualClock(() => setImmediate()));
const engineOf = (network: TestNetwork) => fakeEngine({clock: network.clock, answer: () => story});

/** Asks through a relay that tampers with what goes to the client, expects the code, then asks again through one that does not. */
async function spoil(code: ErrorCode, tamper: Tamper): Promise<void> {
  const network = start();
  const node = await network.node(engineOf(network));
  let evil = true;
  const client = network.client((frame) => (evil ? tamper(frame) : [frame]));
  const {error, answer} = await network.ask(client, {text: 'x'});
  assert.equal(codeOf(error), code, String(error));
  assert.equal(sentenceOf(error), errorTable[code].sentence);
  assert.ok(story.startsWith(answer), 'what was shown before is intact');
  evil = false;
  await network.clock.advance(200);
  assert.equal(node.jobs.taken, 0);
  const again = await network.ask(client, {text: 'x'});
  assert.deepEqual({error: again.error, answer: again.answer}, {error: undefined, answer: story});
}

/** Changes the response frame number `at`, counted from the nonce, which is 0. */
function atResponse(at: number, change: (frame: Uint8Array) => readonly Uint8Array[]): Tamper {
  let count = -1;
  return (frame) => {
    if (frame[1] !== response) return [frame];
    count += 1;
    return count === at ? change(frame) : [frame];
  };
}

const flip = (frame: Uint8Array): Uint8Array => frame.with(frame.length - 1, (frame.at(-1) ?? 0) ^ 1);

test('ask(): a dropped response frame is tampered', () => spoil('tampered', atResponse(5, () => [])));
test('ask(): a repeated response frame is tampered', () => spoil('tampered', atResponse(5, (frame) => [frame, frame])));
test('ask(): a changed response frame is tampered', () => spoil('tampered', atResponse(5, (frame) => [flip(frame)])));
test('ask(): a shortened response frame is tampered', () => spoil('tampered', atResponse(5, (frame) => [frame.subarray(0, -1)])));
test('ask(): a changed response nonce is tampered', () => spoil('tampered', atResponse(0, (frame) => [flip(frame)])));
test('ask(): a dropped response nonce is tampered', () => spoil('tampered', atResponse(0, () => [])));

test('ask(): reordered response frames are tampered', () => {
  let held: Uint8Array | undefined;
  return spoil('tampered', (frame) => {
    if (frame[1] !== response) return [frame];
    const before = held;
    held = before ? undefined : frame;
    return before ? [frame, before] : [];
  });
});

/** Passes so many response frames and, after that, nothing of the kinds given. */
function cutAfter(responses: number, kinds: readonly number[]): Tamper {
  let count = 0;
  return (frame) => {
    if (frame[1] === response) count += 1;
    return count > responses && kinds.includes(frame[1] ?? 0) ? [] : [frame];
  };
}

test('ask(): no response frames at all are stalled', () => spoil('stalled', cutAfter(0, [response, released])));
test('ask(): a cut end is stalled, never taken for the end', () => spoil('stalled', cutAfter(4, [response, released])));
test('ask(): a cut end with a release after it is node-lost, never taken for the end', () => spoil('node-lost', cutAfter(4, [response])));

/** Replaces each offer. */
const offers = (change: (offer: Message<'offer'>) => Uint8Array): Tamper => (frame) => {
  const message = decodeMessage(frame);
  return [message.kind === 'offer' ? change(message) : frame];
};

test('ask(): an offer with a changed key is refused, bad-offer', () =>
  spoil('bad-offer', offers(({handle, node, offer, signature}) => encodeMessage('offer', {node, offer: Uint8Array.from(flip(offer)), signature}, handle))));

test('ask(): an offer that the relay made up under the name of the node is refused, bad-offer', async () => {
  const evil = await identityOf<NodeId>(await createSecret());
  const key = await JobKey.create();
  const signed = await signOffer(evil, {handle: '12'.repeat(16) as Message['handle'], expires: 2_000_000_000, model: testModel.hash, prices: freeOfCharge, ceiling: 0n, chunk: limits.minChunkTokens, kemPublicKey: key.publicKey});
  await spoil('bad-offer', offers(({handle, node}) => encodeMessage('offer', {...signed, node}, handle)));
});

test('ask(): an offer of a node outside the chosen set is refused, wrong-node', async () => {
  const evil = await identityOf<NodeId>(await createSecret());
  const key = await JobKey.create();
  const signed = await signOffer(evil, {handle: '12'.repeat(16) as Message['handle'], expires: 2_000_000_000, model: testModel.hash, prices: freeOfCharge, ceiling: 0n, chunk: limits.minChunkTokens, kemPublicKey: key.publicKey});
  await spoil('wrong-node', offers(({handle}) => encodeMessage('offer', signed, handle)));
});

test('ask(): the offer of an earlier job, sent again, is refused, bad-offer', async () => {
  const network = start();
  await network.node(engineOf(network));
  let first: Message<'offer'> | undefined;
  const client = network.client(offers((offer) => {
    first ??= offer;
    return encodeMessage('offer', first, offer.handle);
  }));
  assert.equal((await network.ask(client, {text: 'x'})).error, undefined);
  await network.clock.advance(2000);
  assert.equal(codeOf((await network.ask(client, {text: 'x'})).error), 'bad-offer');
});

test('Hub: binds only within the set that the client named', async () => {
  const network = start();
  const nodes = [await network.node(engineOf(network)), await network.node(engineOf(network)), await network.node(engineOf(network))];
  const wanted = nodes[2]?.id;
  assert.ok(wanted);
  const {events, error} = await network.ask(network.client(), {text: 'x', only: new Set([wanted])});
  assert.equal(error, undefined);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.node] : [])), [wanted]);
});

test('runJob(): a request that the relay changed is refused by the node, tampered, and nothing is computed', async () => {
  const network = start();
  let evil = true;
  let computed = 0;
  const engine = fakeEngine({clock: network.clock, answer: () => `${(computed += 1)}`});
  await network.node(engine, {tamper: (frame) => [evil && frame[1] === 0x22 ? flip(frame) : frame]});
  const client = network.client();
  assert.equal(codeOf((await network.ask(client, {text: 'x'})).error), 'tampered');
  assert.equal(computed, 0);
  evil = false;
  assert.equal((await network.ask(client, {text: 'x'})).answer, '1');
});

test('NodeJobs: a request that the relay repeats is taken once', async () => {
  const network = start();
  const node = await network.node(engineOf(network), {tamper: (frame) => (frame[1] === 0x22 ? [frame, frame] : [frame])});
  const {error} = await network.ask(network.client(), {text: 'x'});
  assert.equal(codeOf(error), 'duplicate');
  await network.clock.advance(5000);
  assert.equal(node.outcomes.length, 1);
  assert.equal(node.jobs.taken, 0);
});

test('ClientLink.directory(): forged, changed and expired records are left out', async () => {
  const network = start();
  const node = await network.node(engineOf(network));
  const evil = await identityOf<NodeId>(await createSecret());
  const issued = Math.floor(network.clock.now() / 1000);
  const models = [{model: 'cd'.repeat(32) as ModelHash, name: '', speeds: [], contextTokens: 1, prices: freeOfCharge}];
  const record = {issued, expires: issued + 60, engine: '', slots: 1, hidden: 0, models};
  const hostile = await Promise.all([
    signRecord(evil, {...record, expires: issued}),
    signRecord(evil, {...record, issued: issued + 2 * limits.clockSkewSeconds, expires: issued + 3 * limits.clockSkewSeconds}),
    signRecord(evil, {...record, expires: issued + limits.recordSeconds + 1}),
    signRecord(evil, {...record, models: []}),
    signRecord(evil, {...record, slots: 0}),
    signRecord({id: node.id, sign: (message) => evil.sign(message)}, record),
    signRecord(evil, record).then((signed) => Uint8Array.from(flip(signed))),
    randomBytes(200),
    new Uint8Array(0),
  ]);
  const client = network.client((frame) => {
    const message = decodeMessage(frame);
    return [message.kind === 'directory' ? encodeMessage('directory', {records: [...hostile, ...message.records]}) : frame];
  });
  const records = await network.clock.drive(client.directory());
  assert.deepEqual(records.map((entry) => entry.node), [node.id]);
  assert.equal((await network.ask(client, {text: 'x'})).answer, story);
});

test('ClientLink: a relay that sends garbage ends the link, the next question opens another', async () => {
  const network = start();
  await network.node(engineOf(network));
  let evil = true;
  const client = network.client((frame) => [evil && frame[1] === response ? randomBytes(9) : frame]);
  const {error} = await network.ask(client, {text: 'x'});
  assert.ok(['bad-message', 'bad-version'].includes(codeOf(error)), String(error));
  evil = false;
  await network.clock.advance(2000);
  assert.equal((await network.ask(client, {text: 'x'})).answer, story);
});

test('ClientLink.open(): a relay that never answers is offline', async () => {
  const network = start();
  const client = network.client(() => []);
  assert.equal(codeOf((await network.ask(client, {text: 'x'})).error), 'offline');
});

test('ask(): a relay that says again and again that a question waits is left after the longest wait', async () => {
  const network = start();
  await network.node(engineOf(network));
  const [offer, failed, ping] = [0x21, 0x26, 0x07];
  const hidden: readonly (number | undefined)[] = [offer, failed, released];
  let handle: JobHandle | undefined;
  const client = network.client((frame) => {
    if (frame[1] === offer) handle = decodeMessage(frame).handle;
    if (hidden.includes(frame[1])) return [];
    return frame[1] === ping && handle ? [frame, encodeMessage('queued', {position: 1, reason: 'waiting', etaMs: 1000}, handle)] : [frame];
  });
  const asked = network.clock.now();
  const {error, events} = await network.ask(client, {text: 'x'});
  assert.equal(codeOf(error), 'busy');
  assert.ok(events.length > 5 && events.every(({type}) => type === 'waiting'));
  const waited = network.clock.now() - asked;
  assert.ok(waited >= limits.queueMs && waited <= limits.queueMs + limits.stepMs + 1000, `${waited}`);
});
