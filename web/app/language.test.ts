/** The language changes under those who hold the texts, also of pages that load later; numbers follow it. */
import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {formatBytes, formatCoins, formatPercent, formatRate, formatSeconds, formatSpan, plainAmount} from './figures.ts';
import {speak, spoken} from './language.ts';
import {sentenceOf} from './sentence.ts';
import {texts} from './texts.ts';

afterEach(() => speak('en'));

test('whoever holds a section, or a group in it, reads the new language; and English again', async () => {
  const words = texts.chat;
  const {stages} = texts.chat;
  const english = [words.send, stages.finding, texts.landing.facts[0]?.title];
  await speak('ru');
  assert.equal(words, texts.chat);
  assert.deepEqual([words.send, stages.finding, texts.landing.facts[0]?.title], ['Отправить', 'Ищем компьютер…', 'Без регистрации и установки']);
  await speak('es');
  assert.deepEqual([words.send, stages.finding, texts.locale], ['Enviar', 'Buscando un equipo…', 'es']);
  await speak('en');
  assert.deepEqual([words.send, stages.finding, texts.landing.facts[0]?.title], english);
});

test('texts that load with a later page come in the language that is spoken by then, and follow the next change', async () => {
  await speak('ru');
  const {networkTexts} = await import('./network-texts.ts');
  assert.equal(networkTexts.heading, 'Сеть сейчас');
  await speak('en');
  assert.equal(networkTexts.heading, 'The network now');
});

test('of two changes the later one wins, and each that happened is told once', async () => {
  const heard: string[] = [];
  const leave = spoken.subscribe(() => heard.push(spoken.get().language));
  await Promise.all([speak('ru'), speak('es')]);
  leave();
  assert.deepEqual([heard, texts.chat.send], [['es'], 'Enviar']);
});

test('an error has its sentence in the language that is spoken', async () => {
  const english = sentenceOf({code: 'busy'});
  await speak('ru');
  assert.notEqual(sentenceOf({code: 'busy'}), english);
  assert.match(sentenceOf(new Error('?')), /^У нас что-то пошло не так/);
});

/** Spaces in numbers are of kinds that nobody types. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

test('figures follow the language', async () => {
  const figures = () => [formatSeconds(1234), formatRate(7.25), formatBytes(2_400_000), formatPercent(0.405), formatCoins(12_345_500_000_000n), formatSpan(40)].map(plain);
  assert.deepEqual(figures(), ['1.2 s', '7.3', '2.4 MB', '41%', '12,345.5 TON', '40 sec']);
  await speak('ru');
  assert.deepEqual(figures(), ['1,2 с', '7,3', '2,4 МБ', '41 %', '12 345,5 TON', '40 с']);
  assert.equal(plainAmount(200_000_000n), '0,2');
  await speak('es');
  assert.deepEqual(figures(), ['1,2 s', '7,3', '2,4 MB', '41 %', '12.345,5 TON', '40 s']);
});
