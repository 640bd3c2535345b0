/** Money in a cluster: one relay has the books, a node and clients are elsewhere, and whatever is cut, no coin is spent twice. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {shareOf} from '#protocol/roles/relay-bank.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {askPaid, chunk, costOf, words, worthOf} from '#protocol/testing/paying-stage.ts';
import {silentLog} from '../log.ts';
import {bankStage} from '../testing/bank-stage.ts';
import {FarBank} from './far-bank.ts';

type Stage = Awaited<ReturnType<typeof bankStage>>;

/** What the node holds a voucher for is what it is owed, and that is its part of what was charged, which was granted before. */
function requireBalance({vouchers, owed, charged, granted}: Stage): void {
  assert.equal([...vouchers.newest.values()].reduce((sum, {cumulative}) => sum + cumulative, 0n), owed());
  assert.ok(charged() <= granted());
  // Rounded down once a job.
  assert.ok(shareOf(charged(), 50) - owed() >= 0n && shareOf(charged(), 50) - owed() < 10n);
}

test('a node at one relay is paid from books at another: by a client there, and by one who was sent there', async () => {
  const stage = await bankStage();
  let cost = 0n;
  for (const home of [1, 0] as const) {
    const {error, answer, events} = await askPaid(home === 1 ? stage.far : stage.near, stage.client(home));
    assert.deepEqual([error, answer], [undefined, words(300)]);
    cost += costOf(events);
    await stage.clock.advance(40_000);
    assert.equal(stage.charged(), cost);
    requireBalance(stage);
  }
  assert.ok(cost > 8n * chunk);
  await stage.farBank.settle();
  assert.deepEqual([stage.settled(), stage.farBank.chain], [1, {name: 'testnet', endpoint: 'https://chain.example'}]);
});

test('where free answers ask for work, a deposit whose books are at another relay stands for it too', async () => {
  const stage = await bankStage({workBits: 8});
  const client = stage.client(1);
  const {work} = await stage.clock.drive(client.link());
  assert.ok(work);
  let proofs = 0;
  const prove = work.prove.bind(work);
  work.prove = (...args) => {
    proofs += 1;
    return prove(...args);
  };
  for (let count = 0; count < 2; count += 1) {
    const {error, answer} = await askPaid(stage.far, client);
    assert.deepEqual([error, answer, proofs], [undefined, words(300), 0]);
    await stage.clock.advance(40_000);
  }
});

test('the bus is cut in mid-answer: no more than a chunk goes unpaid, nothing costs a coin on the island, the same deposit is good at the books; healed, it goes on', async () => {
  const stage = await bankStage();
  const {clock, far, near} = stage;
  let worth = 0n;
  const seen: Parameters<typeof worthOf>[0][number][] = [];
  const {error} = await askPaid(far, stage.client(1), (event) => {
    seen.push(event);
    if (worthOf(seen) > 2n * chunk && worth === 0n) {
      worth = worthOf(seen);
      stage.cut();
    }
  });
  assert.ok(['unpaid', 'books-away'].includes(codeOf(error)), codeOf(error));
  await clock.advance(20_000);
  const atCut = stage.charged();
  assert.ok(atCut <= worthOf(seen) && worthOf(seen) - atCut <= 2n * chunk, `${atCut} of ${worthOf(seen)}`);
  // The island: what costs is refused, what is free is not.
  assert.equal(codeOf((await askPaid(far, stage.client(1))).error), 'books-away');
  await far.node(fakeEngine({clock, answer: () => 'for nothing', msPerToken: 10}));
  assert.equal((await far.ask(stage.client(1), {text: 'free', priceCap: 0n})).answer, 'for nothing');
  assert.equal(stage.charged(), atCut);
  // At the books the same deposit pays on.
  await stage.paidNode(near);
  const meanwhile = await askPaid(near, stage.client(0));
  assert.deepEqual([meanwhile.error, meanwhile.answer], [undefined, words(300)]);
  await clock.advance(20_000);
  assert.equal(stage.charged(), atCut + costOf(meanwhile.events));
  stage.heal();
  await clock.advance(10_000);
  const after = await askPaid(far, stage.client(1));
  assert.deepEqual([after.error, after.answer], [undefined, words(300)]);
  await clock.advance(40_000);
  assert.equal(stage.charged(), atCut + costOf(meanwhile.events) + costOf(after.events));
  requireBalance(stage);
});

test('the relay with the books starts anew: open channels are opened again, and the sums go on where they were', async () => {
  const stage = await bankStage();
  const client = stage.client(1);
  const first = await askPaid(stage.far, client);
  assert.equal(first.error, undefined);
  await stage.clock.advance(20_000);
  const before = stage.charged();
  await stage.restartDesk();
  await stage.clock.advance(5000);
  const link = await client.link();
  const second = await askPaid(stage.far, client);
  assert.deepEqual([second.error, second.answer], [undefined, words(300)]);
  await stage.clock.advance(20_000);
  assert.equal(stage.charged(), before + costOf(second.events));
  assert.equal(link.isOpen, false, 'it had a channel that nobody knew any more');
  requireBalance(stage);
});

test('a relay that is gone for a minute is let go of: its channels are closed in memory, and its deposits are good elsewhere', async () => {
  const stage = await bankStage();
  const client = stage.client(1);
  assert.equal((await askPaid(stage.far, client)).error, undefined);
  await stage.clock.advance(20_000);
  stage.cut();
  await stage.clock.advance(70_000);
  stage.heal();
  await stage.clock.advance(10_000);
  const {error, answer} = await askPaid(stage.far, client);
  assert.deepEqual([error, answer], [undefined, words(300)]);
  await stage.clock.advance(20_000);
  requireBalance(stage);
});

test('many who ask at once after the books began anew begin one session, and leave room for other relays', async () => {
  const stage = await bankStage();
  await stage.restartDesk();
  const asked = await Promise.allSettled(Array.from({length: 100}, () => stage.farBank.settle()));
  assert.ok(asked.every((each) => each.status === 'rejected' && codeOf(each.reason) === 'books-away'));
  await stage.farBank.settle();
  const stop = new AbortController();
  const another = FarBank.open({bus: stage.joinBus(), clock: stage.clock, log: silentLog}, stop.signal);
  await stage.clock.settle();
  stop.abort(new Error('there was no room'));
  (await another).close();
});
