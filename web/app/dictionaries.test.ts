/** Every dictionary: complete, without words that promise too much, counting as its language counts. That nothing is missing is a matter of types; see the end. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {pluralsOf} from './plural.ts';
import {russian} from './russian/russian.ts';
import type {Sections} from './sections.ts';
import {spanish} from './spanish/spanish.ts';

type Texts = ReadonlyMap<string, string>;

const folder = import.meta.dirname;

/** What a text that is a function may be handed; of several that fit, all are looked at. */
const samples: readonly (readonly unknown[])[] = [
  [1, 1, 'x'], [5, 5, 'x'], ['7', '8', '9'], ['7', undefined], [true], [['chat', 'video']], [{links: 2, jobs: 2, seconds: 2, prefill: '7', decode: '8'}],
];

function said(text: (...values: readonly unknown[]) => unknown): string[] {
  return samples.flatMap((sample) => {
    try {
      return [text(...sample)].filter((made) => typeof made === 'string');
    } catch {
      return [];
    }
  });
}

/** Where figures, names of keys, files and techniques, or what is handed over stand alone, there is nothing to say in a language. */
const wordless = new Set([
  '.attachments.show', '.conversation.shortcuts.arrowUp', '.conversation.shortcuts.escape', '.operator.nodes.jobs', '.operator.nodes.link.webrtc', '.operator.nodes.link.websocket',
  '.pairing.enterPlaceholder', '.shareRoom.earnings.csvFile', '.shareRoom.jobLog.csvFile', '.shareRoom.schedule.cell', '.shareRoom.schedule.days', '.shareRoom.schedule.line',
  '.shareRoom.schedule.other', '.shareRoom.schedule.stretch', '.tasks.film.counts', '.tasks.scored',
]);

/** All texts by their path; a function by what it says. */
function flat(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (wordless.has(path)) return [];
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return said(value as () => unknown).map((text, index) => [`${path}(${index})`, text] as const);
  return Object.entries(value as object).flatMap(([key, each]) => flat(each, `${path}.${key}`));
}
const textsOf = (dictionary: object): Texts => new Map(flat(dictionary, ''));

const files = readdirSync(join(folder, 'english')).filter((name) => name !== 'counting.ts');
/** As its files have it, not as somebody listed it. */
const english = Object.assign({}, ...(await Promise.all(files.map((name) => import(join(folder, 'english', name)) as Promise<object>)))) as Sections;
const dictionaries = {english, russian, spanish} as const;

test('every English section has its translation, and every accessor passes it through the language', () => {
  assert.deepEqual(Object.keys(english).toSorted(), Object.keys(russian).toSorted());
  assert.deepEqual(Object.keys(english).toSorted(), Object.keys(spanish).toSorted());
  const naked = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).filter((name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    return /^import \{.*'\.\/english\//m.test(source) && !source.includes('translated(');
  });
  assert.deepEqual(naked, []);
});

test('no element shows the protocol’s own sentences: they are English whatever is spoken', () => {
  const guilty = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).filter((name) =>
    /\b(errorTable|sentenceOf)\b.*from '#protocol/.test(readFileSync(join(folder, name), 'utf8')));
  assert.deepEqual(guilty, []);
});

test('no word promises what we can not keep', () => {
  const forbidden = [
    /anonym|100\s?% private|zero.knowledge|nobody can see|\bminer|\bmining/i,
    /анонимн|100\s?% (приват|конфиденц)|нулев\S+ разглаш|никто не (у?видит|может (у?видеть|прочитать))|майн/i,
    /an[oó]nim|100\s?% privad|conocimiento cero|nadie (lo )?(ve|puede ver|puede leer)|\bminer|\bminar\b/i,
  ];
  for (const [language, dictionary] of Object.entries(dictionaries)) {
    for (const [path, text] of textsOf(dictionary)) for (const word of forbidden) assert.doesNotMatch(text, word, `${language}${path}`);
  }
});

test('no text is empty but the one of a stage that has nothing to say', () => {
  for (const [language, dictionary] of Object.entries(dictionaries)) {
    const empty = [...textsOf(dictionary)].filter(([, text]) => text.trim() === '').map(([path]) => path);
    assert.deepEqual(empty, ['.chat.stages.idle'], language);
  }
});

/** Names, signs, and words that are the same in Spanish. */
const alike = /^(Bombyx|Chat|No|(\d+|NaN) vector|Tokens(\/s)?|TON|GPU|Error|–|[●\d\s/×%:.,x-]*|.* · Bombyx|● .*|.*tokens\/s|(\S+|\[.*\]) tokens?|.*·.*|7, 8)$/;

test('nothing was left in English', () => {
  const original = textsOf(english);
  for (const [language, dictionary] of [['russian', russian], ['spanish', spanish]] as const) {
    const left = [...textsOf(dictionary)].filter(([path, text]) => text !== '' && original.get(path) === text && !alike.test(text));
    assert.deepEqual(left, [], language);
  }
});

test('Russian is written in Cyrillic, Spanish and English are not', () => {
  for (const [path, text] of textsOf(russian)) assert.match(text, /[а-яё]|^(Bombyx|GPU|–|.* · Bombyx|● .*|[\d\sx,]*)$/i, path);
  for (const dictionary of [english, spanish]) for (const [path, text] of textsOf(dictionary)) assert.doesNotMatch(text, /[а-яё]/i, path);
});

const counts = [0, 1, 2, 5, 21] as const;
const by = (text: (count: number) => string): string[] => counts.map(text);

test('counts have the forms of their language', () => {
  assert.deepEqual(by(english.status.ready), ['Sharing · 0 jobs', 'Sharing · 1 job', 'Sharing · 2 jobs', 'Sharing · 5 jobs', 'Sharing · 21 jobs']);
  assert.deepEqual(by(russian.status.ready), ['Делимся · 0 задач', 'Делимся · 1 задача', 'Делимся · 2 задачи', 'Делимся · 5 задач', 'Делимся · 21 задача']);
  assert.deepEqual(by(spanish.status.ready), ['Compartiendo · 0 tareas', 'Compartiendo · 1 tarea', 'Compartiendo · 2 tareas', 'Compartiendo · 5 tareas', 'Compartiendo · 21 tareas']);
});

test('words around a count agree with it', () => {
  assert.deepEqual(by((count) => russian.landing.supply(count, count)).slice(1), [
    'Подключено. Доступна одна модель, её предлагает 1 компьютер.',
    'Подключено. Доступны 2 модели, самая частая — у 2 компьютеров.',
    'Подключено. Доступно 5 моделей, самая частая — у 5 компьютеров.',
    'Подключено. Доступна 21 модель, самая частая — у 21 компьютера.',
  ]);
  assert.deepEqual(by(russian.share.statuses.finishing).slice(1), [
    'Новые задачи не берём. Осталась 1 задача, потом остановимся.',
    'Новые задачи не берём. Остались 2 задачи, потом остановимся.',
    'Новые задачи не берём. Осталось 5 задач, потом остановимся.',
    'Новые задачи не берём. Осталась 21 задача, потом остановимся.',
  ]);
  assert.deepEqual(by(russian.wallet.trialOffer).map((text) => text.replace('Без депозита ретранслятор оплатит вам до ', '')), ['0 ответов.', '1 ответа.', '2 ответов.', '5 ответов.', '21 ответа.']);
  assert.deepEqual(by(spanish.status.finishing), ['Terminando · quedan 0 tareas', 'Terminando · queda 1 tarea', 'Terminando · quedan 2 tareas', 'Terminando · quedan 5 tareas', 'Terminando · quedan 21 tareas']);
  assert.equal(spanish.details.tokens(2_000_000), '2.000.000 de tokens');
});

test('a language that lacks a text, has one too many or lacks a form does not compile', () => {
  // @ts-expect-error without `home`
  const lacking: Sections['missing'] = {heading: 'a', text: 'b'};
  // @ts-expect-error without a group's text
  const shallow: Sections['announce'] = {answering: 'a', answer: (text) => text, stopped: (text) => text};
  // @ts-expect-error with a text that English does not have
  const more: Sections['missing'] = {heading: 'a', text: 'b', home: 'c', cellar: 'd'};
  // @ts-expect-error without a whole section
  const halved: Sections = {chat: russian.chat};
  // @ts-expect-error Russian has `few` and `many`
  const counted = pluralsOf<'one' | 'few' | 'many'>('ru').plural(2, {one: 'задача', other: 'задачи'});
  assert.equal([lacking, shallow, more, halved, counted].length, 5);
});
