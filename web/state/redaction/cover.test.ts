/** Covering a conversation and restoring what comes back: nothing is lost, the same detail keeps its placeholder, whatever the pieces. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cover, restore, Restorer} from './cover.ts';

const nothing = {terms: [], asIs: []};

test('the same detail has the same placeholder in the whole conversation, and keeps it when the conversation goes on', () => {
  const talk = ['My name is Anna Smith, mail a@b.example.', 'Hello Anna!', 'And c@d.example? Anna Smith asks, not Annabel.'];
  const first = cover(talk, nothing);
  assert.deepEqual(first.texts, ['My name is [name-1], mail [email-1].', 'Hello [name-2]!', 'And [email-2]? [name-1] asks, not Annabel.']);
  assert.deepEqual(first.hidden.map((each) => each.length), [2, 1, 2]);
  const later = cover([...talk, 'Then e@f.example'], nothing);
  assert.deepEqual(later.texts.slice(0, 3), first.texts);
  assert.equal(later.texts[3], 'Then [email-3]');
});

test('what looks like a placeholder already is not taken for one of ours', () => {
  const text = 'Literally [email-1] and [Email-2], then a@b.example';
  const {texts, meaning} = cover([text], nothing);
  assert.equal(texts[0], 'Literally [email-1] and [Email-2], then [email-3]');
  assert.equal(restore(texts[0] ?? '', meaning), text);
});

test('restored as a model may write it: other case, escaped for Markdown; unknown ones stay', () => {
  const {meaning} = cover(['a@b.example'], nothing);
  assert.equal(restore('[email-1] [EMAIL-1] \\[email-1\\] [email-2] [name-1] [email-1', meaning), 'a@b.example a@b.example a@b.example [email-2] [name-1] [email-1');
});

/** A generator with a memory of its own, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const snippets = [
  'a@b.example', 'my name is Anna Smith', 'Меня зовут Иван Петров', 'me llamo José', 'Anna', 'Иван', '+7 912 345-67-89', '4111 1111 1111 1111', 'DE89370400440532013000', '10.1.2.3', 'https://u:p@h.example/', 'ул. Ленина, д. 5',
  'born on 12 March 1985', '[email-1]', '[name-2]', '\\[name-1\\]', '\\', '[', ']', '[name-', '\\[', '-1]', ' ', ' ', ', ', '\n', 'и', '😀', '\ud83d', 'secret', 'SECRET', '1', '.', '@', 'Mr ', 'Dr. Who', '“', '$&', '$1',
];

test('restore(cover(x)) is x, for texts made of everything that could go wrong, whole and in pieces of any size', () => {
  for (let seed = 1; seed <= 1500; seed += 1) {
    const roll = dice(seed);
    const make = () => Array.from({length: roll(14)}, () => snippets[roll(snippets.length)] ?? '').join(roll(2) === 0 ? ' ' : '');
    const texts = [make(), make(), make()];
    const {texts: covered, meaning} = cover(texts, {terms: ['secret'], asIs: roll(3) === 0 ? ['Anna'] : []});
    assert.deepEqual(covered.map((text) => restore(text, meaning)), texts, `seed ${seed}`);
    for (const [index, text] of covered.entries()) {
      const restorer = new Restorer(meaning);
      let shown = '';
      for (let at = 0; at < text.length; ) {
        const step = 1 + roll(5);
        shown += restorer.next(text.slice(at, at + step));
        at += step;
      }
      assert.equal(shown + restorer.end(), texts[index], `seed ${seed}, pieces of text ${index}`);
    }
  }
});

test('a piece that can be no placeholder is shown at once', () => {
  const restorer = new Restorer(new Map([['[email-1]', 'a@b.example']]));
  assert.deepEqual(['Hi ', 'see [link](x) ', 'and [em', 'ail-', '1', '] ok ', 'a['].map((piece) => restorer.next(piece)), ['Hi ', 'see [link](x) ', 'and ', '', '', 'a@b.example ok ', 'a']);
  assert.equal(restorer.end(), '[');
});

test('a long conversation full of details is covered in a second or two', () => {
  const text = Array.from({length: 4000}, (_, index) => `my name is Aa${String.fromCharCode(97 + (index % 26))}${'b'.repeat(index % 7)} and user${index}@mail.example`).join('\n');
  const started = performance.now();
  const {meaning} = cover([text], nothing);
  assert.ok(meaning.size > 4000);
  assert.ok(performance.now() - started < 5000);
});
