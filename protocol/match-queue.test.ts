/** Fair order: clients take turns, nobody starves, and nothing is kept of what has left. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {MatchQueue, type Ticket} from './match-queue.ts';
import {seeded} from './testing/seeded.ts';

const ids = Array.from({length: 12}, (_, index) => `node${index}` as NodeId);
const [only = '' as NodeId] = ids;

interface Job {
  readonly name: string;
  readonly nodes: readonly NodeId[];
}

class Stage {
  readonly here = new Set<NodeId>(ids);
  readonly queue = new MatchQueue<Job>((node) => this.here.has(node));

  add(name: string, {client = {}, nodes = [only], weight = 1, asked = 0}: {client?: object; nodes?: readonly NodeId[]; weight?: number; asked?: number} = {}): Ticket<Job> {
    const ticket = this.queue.issue({job: {name, nodes}, client, nodes, weight, asked});
    this.queue.enter(ticket);
    return ticket;
  }

  take(node = only): string | undefined {
    const ticket = this.queue.first(node);
    if (ticket) this.queue.bind(ticket, node);
    return ticket?.job.name;
  }
}

test('MatchQueue: one client with a thousand jobs delays another by one service at most, whenever it comes', () => {
  for (const served of [0, 1, 7, 300, 998]) {
    const stage = new Stage();
    const crowd = {};
    for (let count = 0; count < 1000; count += 1) stage.add('many', {client: crowd});
    for (let count = 0; count < served; count += 1) stage.take();
    for (const asked of [0, limits.queueMs / 3]) stage.add('one', {asked});
    assert.deepEqual([stage.take(), stage.take(), stage.take()].filter((name) => name === 'one').length, 2, `after ${served}`);
  }
});

test('MatchQueue: waiting counts, so that endless newcomers starve nobody', () => {
  const stage = new Stage();
  const client = {};
  for (const name of ['first', 'second', 'third']) stage.add(name, {client});
  const order: (string | undefined)[] = [];
  for (let asked = 0; asked <= limits.queueMs; asked += 1000) {
    stage.add('new', {asked});
    order.push(stage.take());
  }
  assert.equal(order[0], 'first');
  const place = order.indexOf('second');
  assert.ok(place > 1 && place <= 32, `second at ${place}`);
  assert.ok(order.includes('third'));
});

test('MatchQueue: turns by weight', () => {
  const stage = new Stage();
  const [light, heavy] = [{}, {}];
  for (let count = 0; count < 100; count += 1) stage.add('light', {client: light});
  for (let count = 0; count < 100; count += 1) stage.add('heavy', {client: heavy, weight: 4});
  const order = Array.from({length: 50}, () => stage.take());
  assert.equal(order.filter((name) => name === 'heavy').length, 40);
});

test('MatchQueue: who was away or busy elsewhere is neither ahead by more than two turns nor behind by more than one', () => {
  const stage = new Stage();
  const [steady, away] = [{}, {}];
  stage.add('away', {client: away});
  for (let count = 0; count < 50; count += 1) stage.add('steady', {client: steady});
  for (let count = 0; count < 30; count += 1) stage.take();
  for (let count = 0; count < 9; count += 1) stage.add('away', {client: away});
  assert.ok([1, 2, 3, 4, 5, 6].map(() => stage.take()).includes('steady'), 'not all nine at once');
  const busy = {};
  const [elsewhere = only] = ids.slice(1);
  for (let count = 0; count < 40; count += 1) {
    stage.add('elsewhere', {client: busy, nodes: [elsewhere]});
    stage.take(elsewhere);
  }
  stage.add('busy', {client: busy});
  assert.ok([1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => stage.take()).includes('busy'));
});

test('MatchQueue: a job comes back to its place and does not pay twice', () => {
  const stage = new Stage();
  const client = {};
  const back = stage.add('back', {client});
  stage.add('next', {client});
  stage.add('other', {asked: 1});
  assert.equal(stage.take(), 'back');
  stage.queue.enter(stage.queue.reissue(back, [only]));
  assert.deepEqual([stage.take(), stage.take(), stage.take(), stage.take()], ['back', 'other', 'next', undefined]);
});

test('MatchQueue: by chance: each job is taken once, at a node of its set, and no client is served twice while another waits as long for the same node', () => {
  const random = seeded(7);
  const stage = new Stage();
  const clients = Array.from({length: 8}, () => ({}));
  const waiting = new Map<Job, Ticket<Job>>();
  let taken = 0;
  let added = 0;
  for (let step = 0; step < 20_000; step += 1) {
    const roll = random();
    if (roll < 0.5) {
      const nodes = ids.filter(() => random() < 0.3);
      const ticket = stage.add(`job${added}`, {client: clients[Math.floor(random() ** 3 * 8)] ?? {}, nodes, asked: step});
      waiting.set(ticket.job, ticket);
      added += 1;
    } else if (roll < 0.55) {
      const [job, ticket] = waiting.entries().next().value ?? [];
      if (!job || !ticket) continue;
      stage.queue.remove(ticket);
      waiting.delete(job);
      taken += 1;
    } else {
      const node = ids[Math.floor(random() * ids.length)] ?? only;
      const ticket = stage.queue.first(node);
      if (!ticket) {
        assert.ok(![...waiting.keys()].some(({nodes}) => nodes.includes(node)), 'nothing is overlooked');
        continue;
      }
      assert.ok(ticket.job.nodes.includes(node) && waiting.delete(ticket.job));
      const better = [...waiting.values()].filter((other) => other.flow.turn < ticket.flow.turn - 0.001 && other.asked <= ticket.asked && other.job.nodes.includes(node));
      assert.deepEqual(better, []);
      stage.queue.bind(ticket, node);
      taken += 1;
    }
    assert.equal(stage.queue.size, waiting.size);
  }
  assert.equal(taken + waiting.size, added);
  assert.ok(taken > 5000);
});

test('MatchQueue: what is before a client is about the jobs whose turn comes first', () => {
  const stage = new Stage();
  const crowd = {};
  for (let count = 0; count < 16; count += 1) stage.add('many', {client: crowd, nodes: ids});
  assert.ok(stage.queue.before(ids, {}) <= 1.001, 'one of the crowd, not sixteen');
  assert.ok(stage.queue.before(ids, crowd) > 15.9);
  assert.ok(stage.queue.before(ids.slice(0, 6), crowd) < 8.1, 'half of them go to the other half of the nodes');
  assert.equal(stage.queue.before([], {}), 0);
});

test('MatchQueue: nothing is kept of jobs that left, nor of nodes that nobody waits for', () => {
  const stage = new Stage();
  stage.here.clear();
  for (let round = 0; round < 20; round += 1) {
    const tickets = Array.from({length: 500}, (_, index) => stage.add('x', {nodes: [`${round}-${index % 50}` as NodeId, ...ids]}));
    for (const ticket of tickets) stage.queue.remove(ticket);
    for (const ticket of tickets) stage.queue.remove(ticket);
  }
  assert.deepEqual([stage.queue.size, stage.queue.nodes, stage.queue.before(ids, {})], [0, 0, 0]);
});

/** Counts to the end: how many go before each job that waits. */
function counted(queue: MatchQueue<Job>): ReadonlyMap<string, number> {
  const before = new Map<string, number>();
  for (const found of queue.count()) if ('ticket' in found) before.set(found.ticket.job.name, found.before);
  return before;
}

test('MatchQueue.count(): at one node it says exactly in which order jobs will go, whatever came, went and was bound before', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = seeded(seed);
    const below = (most: number) => Math.floor(random() * most);
    const stage = new Stage();
    const clients = Array.from({length: 5}, (_, index) => ({weight: index === 0 ? 4 : 1}));
    const waiting: Ticket<Job>[] = [];
    for (let step = 0; step < 60; step += 1) {
      const client = clients[below(clients.length)] ?? {weight: 1};
      const dice = below(10);
      if (dice < 6) waiting.push(stage.add(`${step}`, {client, weight: client.weight, asked: step * 700}));
      else if (dice < 9) stage.take();
      else {
        const gone = waiting.filter((ticket) => ticket.live)[below(5)];
        if (gone) stage.queue.remove(gone);
      }
    }
    const said = counted(stage.queue);
    assert.equal(said.size, stage.queue.size);
    const expected = [...said].toSorted(([, left], [, right]) => left - right).map(([name]) => name);
    const order: string[] = [];
    for (let name = stage.take(); name !== undefined; name = stage.take()) order.push(name);
    assert.deepEqual(order, expected, `seed ${seed}`);
    assert.deepEqual([...said.values()].toSorted((left, right) => left - right), expected.map((_, index) => index));
  }
});

test('MatchQueue.count(): a job of several nodes counts in parts at each, and once in all', () => {
  const stage = new Stage();
  const [first = only, second = only] = ids;
  stage.add('both', {nodes: [first, second], asked: 0});
  stage.add('one', {nodes: [first], asked: 1});
  stage.add('late', {nodes: [first, second], asked: 2});
  assert.deepEqual([...counted(stage.queue)], [['both', 0], ['one', 0.5], ['late', 2]]);
});

test('MatchQueue.count(): spread over time it says nothing of what came, left or changed its nodes meanwhile, and nothing twice', () => {
  const stage = new Stage();
  const [first = only, second = only] = ids;
  const both = stage.add('both', {nodes: [first, second]});
  const gone = stage.add('gone', {nodes: [first, second]});
  stage.add('stays', {nodes: [second]});
  const count = stage.queue.count();
  assert.deepEqual(count.next().value, {work: 2});
  stage.queue.narrow(both, [second]);
  stage.queue.remove(gone);
  stage.add('new', {nodes: [first, second]});
  const names = [...count].flatMap((found) => ('ticket' in found ? [found.ticket.job.name] : []));
  assert.deepEqual(names.toSorted(), ['both', 'stays']);
  assert.deepEqual([...new MatchQueue<Job>(() => true).count()], [], 'where nobody waits nothing is done');
});
