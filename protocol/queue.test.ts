/** The queue keeps order, wakes its reader, and ends after what was pushed. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Queue} from './queue.ts';

const read = async <T>(queue: Queue<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of queue) items.push(item);
  return items;
};

test('Queue: items come in order, before the reader and after it', async () => {
  const queue = new Queue<number>();
  queue.push(1);
  const reading = read(queue);
  await Promise.resolve();
  queue.push(2);
  queue.push(3);
  queue.end();
  assert.deepEqual(await reading, [1, 2, 3]);
});

test('Queue: fail() throws to the reader, but only after what was pushed', async () => {
  const queue = new Queue<number>();
  queue.push(1);
  queue.fail(new Error('broken'));
  queue.push(2);
  assert.equal(await queue.next(), 1);
  await assert.rejects(queue.next(), /broken/);
});

test('Queue: the first end counts, and nothing comes after it', async () => {
  const queue = new Queue<number>();
  queue.end();
  queue.fail(new Error('too late'));
  queue.push(1);
  assert.deepEqual(await read(queue), []);
});

test('Queue: onTake sees each item that is read, once', async () => {
  const taken: number[] = [];
  const queue = new Queue<number>((item) => taken.push(item));
  queue.push(1);
  queue.push(2);
  assert.deepEqual(taken, []);
  await queue.next();
  assert.deepEqual(taken, [1]);
  queue.end();
  await read(queue);
  assert.deepEqual(taken, [1, 2]);
  assert.equal(queue.length, 0);
});

test('a reader that leaves in the middle: what waits is dropped, and nothing more is kept', async () => {
  const queue = new Queue<number>();
  for (const item of [1, 2, 3]) queue.push(item);
  for await (const item of queue) if (item === 1) break;
  queue.push(4);
  assert.deepEqual([queue.length, await queue.next()], [0, undefined]);
});

test('next(): several who wait are served in their order', async () => {
  const queue = new Queue<number>();
  const waiting = [queue.next(), queue.next(), queue.next()];
  queue.push(1);
  queue.push(2);
  queue.end();
  assert.deepEqual(await Promise.all(waiting), [1, 2, undefined]);
});
