/** Words are found in any message of any branch, whatever their case and accents, and are marked where they stand. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold, mark, searchHistory, snippetOf, wordsOf} from './history-search.ts';
import type {Conversation, Turn} from './views.ts';

const turn = (id: string, text: string, parent?: string): Turn => ({id, role: 'user', text, status: 'done', at: 0, ...(parent === undefined ? {} : {parent})});
const conversation = (id: string, fields: Partial<Conversation>): Conversation => ({id, title: id, updated: 0, level: 'network', turns: [], ...fields});
const drawn = (pieces: readonly {text: string; marked: boolean}[]): string => pieces.map(({text, marked}) => (marked ? `[${text}]` : text)).join('');

test('case and accents make no difference, on either side', () => {
  assert.equal(fold('Ärger in ÎLE-DE-FRANCE'), 'arger in ile-de-france');
  assert.equal(fold('Ёлка'), fold('елка'));
  assert.equal(fold('ΛΟΓΟΣ'), fold('λόγος'));
  assert.deepEqual(wordsOf('  Café  cafe\n'), ['cafe']);
});

test('what is marked are the letters of the original, with their accents', () => {
  assert.equal(drawn(mark('Un café, deux CAFÉS', ['cafe'])), 'Un [café], deux [CAFÉ]S');
  assert.equal(drawn(mark('cafe\u0301 noir', ['cafe'])), '[cafe\u0301] noir');
  assert.equal(drawn(mark('İstanbul 🦋 Straße', ['istanbul', 'stra'])), '[İstanbul] 🦋 [Stra]ße');
  assert.equal(drawn(mark('nothing', ['else'])), 'nothing');
});

test('overlapping and touching matches are one mark', () => {
  assert.equal(drawn(mark('banana', ['ana', 'nan'])), 'b[anana]');
});

test('every word has to be in one message; other branches count', () => {
  const one = conversation('one', {turns: [turn('a', 'red apples'), turn('b', 'green pears', 'a'), turn('c', 'red pears', 'a')], head: 'b'});
  assert.deepEqual(searchHistory([one], 'RED pears').map((found) => found.turn?.id), ['c']);
  assert.deepEqual(searchHistory([one], 'blue'), []);
  assert.deepEqual(searchHistory([one], '   '), []);
});

test('newest conversations come first, a title alone is enough, and no conversation crowds out the others', () => {
  const many = conversation('many pears', {updated: 1, turns: Array.from({length: 10}, (_, index) => turn(`${index}`, `pear ${index}`))});
  const titled = conversation('About pears', {updated: 2, turns: [turn('x', 'fruit')]});
  const unused = conversation('pears, never asked', {updated: 3});
  const found = searchHistory([many, titled, unused], 'pear');
  assert.deepEqual(found.map((each) => [each.conversation.id, each.turn?.id]), [['About pears', undefined], ['many pears', '9'], ['many pears', '8'], ['many pears', '7']]);
  assert.equal(drawn(found[0]?.title ?? []), 'About [pear]s');
});

test('a snippet shows the surroundings of the first match, on one line', () => {
  const text = `${'é'.repeat(500)} the\nneedle is here ${'x'.repeat(500)}`;
  const snippet = drawn(snippetOf(text, ['needle']));
  assert.match(snippet, /^….{20,60}the \[needle\] is here x+…$/);
  assert.equal(drawn(snippetOf('needle', ['needle'])), '[needle]');
  assert.ok(snippetOf(`${'🦋'.repeat(300)}needle`, ['needle']).every(({text: piece}) => piece.isWellFormed()));
});
