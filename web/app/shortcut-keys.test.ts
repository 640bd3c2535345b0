/** Chords are known on any layout, and nothing of the browser's own is taken. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chordOf, type Pressed} from './shortcut-keys.ts';

const press = (key: string, code: string, held = 'ctrl'): Pressed =>
  ({key, code, ctrlKey: held.includes('ctrl'), metaKey: held.includes('meta'), shiftKey: held.includes('shift'), altKey: held.includes('alt')});

test('each chord, by Ctrl or Command', () => {
  const all: [string, string, string, string][] = [
    ['O', 'KeyO', 'ctrl shift', 'fresh'], ['o', 'KeyO', 'meta shift', 'fresh'], ['k', 'KeyK', 'ctrl', 'search'], ['.', 'Period', 'ctrl', 'settings'], ['/', 'Slash', 'meta', 'shortcuts'],
    ['S', 'KeyS', 'ctrl shift', 'list'], [':', 'Semicolon', 'ctrl shift', 'code'], [';', 'Semicolon', 'meta shift', 'code'],
  ];
  for (const [key, code, held, name] of all) assert.equal(chordOf(press(key, code, held)), name, `${held} ${key}`);
});

test('on another layout: by what a key writes, and in another script by where it is', () => {
  assert.equal(chordOf(press('Щ', 'KeyO', 'ctrl shift')), 'fresh');
  assert.equal(chordOf(press('л', 'KeyK')), 'search');
  assert.equal(chordOf(press('ю', 'Period')), 'settings');
  assert.equal(chordOf(press('/', 'Digit7', 'ctrl shift')), 'shortcuts', 'a Spanish keyboard');
  assert.equal(chordOf(press('o', 'KeyS', 'ctrl shift')), 'fresh', 'a Dvorak keyboard');
});

test('nothing else is taken: reloading, plain keys, Alt', () => {
  for (const [key, code, held] of [['r', 'KeyR', 'ctrl'], ['r', 'KeyR', 'meta'], ['R', 'KeyR', 'ctrl shift'], ['k', 'KeyK', ''], ['k', 'KeyK', 'ctrl shift'], ['o', 'KeyO', 'ctrl'], ['s', 'KeyS', 'ctrl'], ['/', 'Slash', 'ctrl alt'], ['k', 'KeyK', 'ctrl meta'], ['Process', 'KeyX', 'ctrl']] as const) {
    assert.equal(chordOf(press(key, code, held)), undefined, `${held} ${key}`);
  }
});
