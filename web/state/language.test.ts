/** Which language a person gets. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {languageFor, readLanguageChoice} from './language.ts';

test('the first language of the browser that we speak, whatever its region; else English', () => {
  assert.equal(languageFor('auto', ['ru-RU', 'en']), 'ru');
  assert.equal(languageFor('auto', ['de-DE', 'ES-419', 'en']), 'es');
  assert.equal(languageFor('auto', ['de']), 'en');
  assert.equal(languageFor('auto', []), 'en');
});

test('a choice goes before what the browser asks for', () => {
  assert.equal(languageFor('en', ['ru']), 'en');
  assert.equal(languageFor('es', ['ru']), 'es');
});

test('nonsense that was kept is no choice', () => {
  assert.deepEqual(['ru', 'auto', 'xx', null, 7, {}].map(readLanguageChoice), ['ru', 'auto', 'auto', 'auto', 'auto', 'auto']);
});
