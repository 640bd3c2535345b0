/** What is read as a call, however the text is cut into pieces. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AnswerFault} from './answer-fault.ts';
import {CallReader, type CallReaderOptions} from './call-reader.ts';
import {checkOf} from './json-schema.ts';
import {type OutputPart, plainReader} from './output.ts';

const tool = (parameters: Readonly<Record<string, unknown>>) => checkOf(parameters, {param: 'x', maxBytes: 9999});
const tools = new Map([['weather', tool({type: 'object', properties: {city: {type: 'string'}}, required: ['city']})], ['clock', tool({type: 'object'})]]);
const usual: CallReaderOptions = {tools, onlyOne: false, isRequired: false, holds: false, endsEarly: false, text: plainReader()};

interface Reading {
  readonly text: string;
  readonly calls: readonly {readonly name: string; readonly given: string}[];
}

function read(pieces: readonly string[], {reason = 'stop', ...options}: Partial<CallReaderOptions> & {reason?: 'stop' | 'length'} = {}): Reading & {readonly parts: readonly OutputPart[]} {
  const reader = new CallReader({...usual, ...options});
  const parts = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end(reason)];
  let text = '';
  const calls: {name: string; given: string}[] = [];
  for (const part of parts) {
    if (part.is === 'text') text += part.text;
    if (part.is === 'call') {
      assert.equal(part.index, calls.length);
      assert.match(part.id, /^call_[0-9a-f]{24}$/);
      calls.push({name: part.name, given: ''});
    }
    const call = part.is === 'arguments' ? calls.at(-1) : undefined;
    if (part.is === 'arguments') assert.equal(part.index, calls.length - 1);
    if (call && part.is === 'arguments') call.given += part.text;
  }
  return {text, calls, parts};
}

const tagged = (inside: string): string => `<tool_call>\n${inside}\n</tool_call>`;
const hard = String.raw`{"city": "a } \" \\ {\u00e9 </tool_call> <tool_call>", "more": {"x": [{}, "]"]}}`;

const answers: readonly [string, Reading][] = [
  ['Hello. 3 < 4, <tool> and\n\n space at the end \n', {text: 'Hello. 3 < 4, <tool> and\n\n space at the end \n', calls: []}],
  [tagged('{"name": "clock", "arguments": {}}'), {text: '', calls: [{name: 'clock', given: '{}'}]}],
  [`I look.\n\n${tagged(`{"name": "weather", "arguments": ${hard}}`)}\n`, {text: 'I look.', calls: [{name: 'weather', given: hard}]}],
  [`\n<${tagged(`{"arguments": ${hard}, "id": 7, "name": "weather"}`)}`, {text: '\n<', calls: [{name: 'weather', given: hard}]}],
  [`${tagged('{"name": "clock", "arguments": {"a": 1}}')}\n${tagged('{"name": "weather", "parameters": {"city": "Ulm"}}')}`, {text: '', calls: [{name: 'clock', given: '{"a": 1}'}, {name: 'weather', given: '{"city": "Ulm"}'}]}],
  ['<tool_call>{"name":"clock","arguments":{}} <tool_call>{"name":"clock"} and I made up what came of it', {text: '', calls: [{name: 'clock', given: '{}'}, {name: 'clock', given: '{}'}]}],
  [tagged('{"name": "weather", "arguments": "{\\"city\\": \\"Ulm\\"}"}'), {text: '', calls: [{name: 'weather', given: '{"city":"Ulm"}'}]}],
  [tagged('{"type": "function", "function": {"name": "weather", "arguments": {"city": "Ulm"}}}'), {text: '', calls: [{name: 'weather', given: '{"city":"Ulm"}'}]}],
  ['<tool_call>\n{"name": "clock", "arguments": {"a": {}}\n</tool_call>', {text: '', calls: [{name: 'clock', given: '{"a": {}}'}]}],
  [tagged('{"name": "clock", "arguments": {}, "arguments": {"a": 1}}'), {text: '', calls: [{name: 'clock', given: '{}'}]}],
  ['{"name": "weather", "parameters": {"city": "Ulm"}}', {text: '', calls: [{name: 'weather', given: '{"city":"Ulm"}'}]}],
  ['```json\n[{"name": "clock", "arguments": {}}, {"type": "function", "name": "clock"}]\n```', {text: '', calls: [{name: 'clock', given: '{}'}, {name: 'clock', given: '{}'}]}],
  ['{"name": "Ulm", "inhabitants": 128000}', {text: '{"name": "Ulm", "inhabitants": 128000}', calls: []}],
  ['```json\n{"a": 1}\n```', {text: '```json\n{"a": 1}\n```', calls: []}],
  ['', {text: '', calls: []}],
];

test('every answer, cut in two at every place and letter by letter', () => {
  for (const [answer, {text, calls}] of answers) {
    for (const holds of [false, true]) {
      for (let at = 0; at <= answer.length; at += 1) {
        const reading = read([answer.slice(0, at), answer.slice(at)], {holds});
        assert.deepEqual({text: reading.text, calls: reading.calls}, {text, calls}, `${answer} cut at ${at}`);
      }
      const letters = read([...answer], {holds});
      assert.deepEqual({text: letters.text, calls: letters.calls}, {text, calls}, answer);
    }
  }
});

/** Numbers in [0, 1), the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

test('random answers in random pieces: what is told first is the beginning of what is told at last', () => {
  const random = seeded(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const scraps = ['<tool_call>', '</tool_call>', '{', '}', '"', '\\', ':', ',', ' ', '\n', 'name', 'arguments', '"name": "clock"', '"arguments": {"a": "b"}', 'x', '<', '```json', '[', ']', '<tool_call>\n{"name": "clock", "arguments": {', '}}\n</tool_call>', tagged('{"name": "clock", "arguments": {"a": [1, "}"]}}')];
  let told = 0;
  for (let round = 0; round < 3000; round += 1) {
    const answer = Array.from({length: 1 + Math.floor(random() * 14)}, () => pick(scraps)).join('');
    const cuts: string[] = [];
    for (let at = 0; at < answer.length;) {
      const length = 1 + Math.floor(random() * 6);
      cuts.push(answer.slice(at, at + length));
      at += length;
    }
    const outcome = (pieces: readonly string[]) => {
      try {
        const {text, calls} = read(pieces);
        return {text, calls};
      } catch (error) {
        assert.ok(error instanceof AnswerFault, String(error));
        return 'fault';
      }
    };
    const whole = outcome([answer]);
    assert.deepEqual(outcome(cuts), whole, answer);
    if (whole !== 'fault') for (const {given} of whole.calls) assert.ok(JSON.parse(given));
    if (whole !== 'fault' && whole.calls.length > 0) told += 1;
  }
  assert.ok(told > 100, `only ${told} of them called`);
});

test('arguments are told while they come', () => {
  const reader = new CallReader(usual);
  assert.deepEqual(reader.push('Hm. <tool_call>\n{"name": "wea').map(({is}) => is), ['text']);
  assert.deepEqual(reader.push('ther", ').map(({is}) => is), ['call']);
  assert.deepEqual(reader.push('"arguments": {"ci'), [{is: 'arguments', index: 0, text: '{"ci'}]);
  assert.deepEqual(reader.push('ty": "Ulm"}'), [{is: 'arguments', index: 0, text: 'ty": "Ulm"}'}]);
  assert.deepEqual(reader.push('}\n</tool_call>'), []);
  assert.deepEqual(reader.end('stop'), []);
});

test('one that holds tells a call when it is whole and checked', () => {
  const reader = new CallReader({...usual, holds: true});
  assert.deepEqual(reader.push('<tool_call>\n{"name": "clock", "arguments": {}'), []);
  assert.deepEqual(reader.push('}').map(({is}) => is), ['call', 'arguments']);
});

test('what is no valid call is a fault that says nothing of the answer to the caller', () => {
  const faults: readonly [string, RegExp][] = [
    [tagged('get_secret(1)'), /valid JSON/],
    [tagged('{"name": "owl", "arguments": {}}'), /no tool of that name.*weather, clock/],
    [tagged('{"name": "weather", "arguments": {"town": "secret"}}'), /do not fit.*city/],
    [tagged('{"name": "weather", "arguments": ["secret"]}'), /do not fit/],
    [tagged("{\"name\": \"weather\", \"arguments\": {'city': 'secret'}}"), /valid JSON/],
    ['<tool_call>\n{"name": "weather", "arguments": {"city": "secret', /valid JSON/],
    ['{"name": "weather", "parameters": {"town": "secret"}}', /do not fit/],
  ];
  for (const [answer, words] of faults) {
    for (const holds of [false, true]) {
      assert.throws(() => read([...answer], {holds}), (error: unknown) => error instanceof AnswerFault && error.status === 502 && error.body.error.code === 'invalid_tool_call' && words.test(error.words) && !/secret|owl/.test(error.message), answer);
    }
  }
});

test('cut by the count: what came of it is told', () => {
  const cut = read(['ok <tool_call>\n{"name": "weather", "arguments": {"city": "Ul'], {reason: 'length', holds: true});
  assert.deepEqual(cut.calls, [{name: 'weather', given: '{"city": "Ul'}]);
  assert.equal(read(['<tool_call>\n{"na'], {reason: 'length'}).calls.length, 0);
  assert.equal(read(['{"name": "weather", "par'], {reason: 'length'}).text, '{"name": "weather", "par');
  assert.equal(read(['thinking about it'], {reason: 'length', isRequired: true}).text, 'thinking about it');
});

test('a call is required: words alone are a fault', () => {
  assert.throws(() => read(['I would rather not.'], {isRequired: true}), (error: unknown) => error instanceof AnswerFault && /must call/.test(error.words));
  assert.equal(read([tagged('{"name": "clock", "arguments": {}}')], {isRequired: true}).calls.length, 1);
});

test('only one: the others are not told, and it says when it is done', () => {
  const two = `${tagged('{"name": "clock", "arguments": {}}')}\n${tagged('{"name": "owl"}')}`;
  assert.equal(read([...two], {onlyOne: true}).calls.length, 1);
  assert.equal(read([two], {onlyOne: true}).calls.length, 1);
  assert.equal(read(['[{"name": "clock"}, {"name": "clock"}]'], {onlyOne: true}).calls.length, 1);
  const reader = new CallReader({...usual, onlyOne: true, endsEarly: true});
  reader.push('<tool_call>{"name": "clock", "arguments": {');
  assert.equal(reader.isDone, false);
  reader.push('}}');
  assert.equal(reader.isDone, true);
});
