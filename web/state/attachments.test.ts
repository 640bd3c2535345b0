/** Files in the message box, without a browser's reader. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Readout} from './attachment-views.ts';
import {createAttachments} from './attachments.ts';

const fileOf = (name: string) => new File(['x'], name);

/** A reader whose answers the test gives. */
function stage() {
  const waiting = new Map<string, {answer(readout: Readout): void; readonly signal: AbortSignal}>();
  const attachments = createAttachments((file, signal) => new Promise((answer) => waiting.set(file.name, {answer, signal})));
  const states = () => attachments.view.get().items.map(({name, state}) => [name, state.is]);
  return {attachments, waiting, states};
}

test('files are read and shown in the order in which they came, with the bytes that are sent', async () => {
  const {attachments, waiting, states} = stage();
  const taking = attachments.take([fileOf('a.txt'), fileOf('b.txt')]);
  assert.deepEqual(states(), [['a.txt', 'reading'], ['b.txt', 'reading']]);
  waiting.get('b.txt')?.answer({is: 'problem', why: 'not-text'});
  waiting.get('a.txt')?.answer({is: 'text', text: 'grün', cut: {is: 'whole'}});
  await taking;
  assert.deepEqual(states(), [['a.txt', 'text'], ['b.txt', 'problem']]);
  const [first] = attachments.view.get().items;
  assert.equal(first?.state.is === 'text' && first.state.bytes, 5);
});

test('one that is removed while it is read is gone for good, and its reading is stopped', async () => {
  const {attachments, waiting, states} = stage();
  const taking = attachments.take([fileOf('a.txt')]);
  attachments.remove(attachments.view.get().items[0]?.id ?? 0);
  assert.equal(waiting.get('a.txt')?.signal.aborted, true);
  waiting.get('a.txt')?.answer({is: 'text', text: 'late', cut: {is: 'whole'}});
  await taking;
  assert.deepEqual(states(), []);
});

test('more than four are not read; what could not be read takes no room; clearing empties it', async () => {
  const {attachments, waiting, states} = stage();
  const taking = attachments.take(['a', 'b', 'c', 'd', 'e'].map(fileOf));
  assert.deepEqual(states().at(-1), ['e', 'problem']);
  assert.equal(waiting.has('e'), false);
  waiting.get('a')?.answer({is: 'problem', why: 'bad-pdf'});
  for (const name of ['b', 'c', 'd']) waiting.get(name)?.answer({is: 'text', text: name, cut: {is: 'whole'}});
  await taking;
  const later = attachments.take([fileOf('f')]);
  waiting.get('f')?.answer({is: 'text', text: 'f', cut: {is: 'whole'}});
  await later;
  assert.deepEqual(states().at(-1), ['f', 'text']);
  attachments.clear();
  assert.deepEqual(states(), []);
});

test('pictures that were taken back wait again, after what is there', async () => {
  const {attachments, waiting, states} = stage();
  const taking = attachments.take([fileOf('moth.png')]);
  waiting.get('moth.png')?.answer({is: 'picture', picture: new Uint8Array(3)});
  await taking;
  attachments.bring([new Uint8Array(4)]);
  assert.deepEqual(states(), [['moth.png', 'picture'], ['', 'picture']]);
  attachments.remove(attachments.view.get().items[0]?.id ?? 0);
  assert.deepEqual(states(), [['', 'picture']]);
});
