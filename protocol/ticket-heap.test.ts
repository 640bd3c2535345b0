/** The heap against a sorted list, with keys that rise and entries that die. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TicketHeap} from './ticket-heap.ts';

interface Item {
  key: number;
  live: boolean;
  readonly order: number;
}
const keyOf = (item: Item): number => item.key;

test('TicketHeap: gives the least living entry, whatever rose or died meanwhile', () => {
  const heap = new TicketHeap<Item>();
  const model: Item[] = [];
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  for (let step = 0; step < 5000; step += 1) {
    if (random(2) === 0 || model.length === 0) {
      const item = {key: random(100), live: true, order: step};
      model.push(item);
      heap.push(item, item.key);
    } else if (random(3) === 0) {
      const item = model[random(model.length)];
      if (item) item.key += random(20);
    } else {
      const [gone] = model.splice(random(model.length), 1);
      if (gone) gone.live = false;
      heap.left(keyOf);
    }
    const least = model.toSorted((left, right) => left.key - right.key || left.order - right.order)[0];
    assert.equal(heap.first(keyOf), least);
    assert.equal(heap.live, model.length);
    assert.ok(heap.length <= 2 * model.length + 32);
  }
});
