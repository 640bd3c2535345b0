/** The acceptance suite of engines: cases that each one passes over a real model. They throw; no test runner, because they run in a browser's worker. */
import {codeOf} from '#protocol/errors.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {expectCall, expectJson, expectWords} from './engine-grammars.ts';
import {abortAfter, type ChatJob, equal, failureOf, hear, jobOf, type Known, must, type Subject} from './engine-subject.ts';

type Case = (engine: Engine, subject: Subject) => Promise<void>;

const firstOf = ({known}: Subject): Known => {
  const [first] = known;
  must(first !== undefined, 'the subject knows no answer');
  return first;
};

async function expectKnown(engine: Engine, {prompt, answer, tokens}: Known): Promise<void> {
  const heard = await hear(engine, jobOf(prompt));
  equal(heard.text, answer, prompt);
  equal(heard.tokens, tokens, `tokens of '${answer}'`);
  equal(heard.reason, 'stop', 'the reason');
}

/** A stop text that starts within one token and ends within another, wherever tokens break: all but the ends of the answer. */
const cutOf = (answer: string): {before: string; stop: string} => {
  const at = Math.floor(answer.length / 3);
  return {before: answer.slice(0, answer.indexOf(answer.slice(at, -1))), stop: answer.slice(at, -1)};
};

const schema = '{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}';

/** What no answer can look like. */
const badFormats = [
  {is: 'grammar', text: 'root ::= "a'},
  {is: 'grammar', text: 'root ::= missing'},
  {is: 'grammar', text: 'root ::= root "a"'},
  {is: 'json', text: '{"type":"no such type"}'},
  {is: 'json', text: '{"$ref":"#/nowhere"}'},
  {is: 'json', text: '{"type":"string","pattern":"(["}'},
  {is: 'json', text: '{"type":"array","minItems":3,"maxItems":2}'},
] as const satisfies readonly ChatJob['format'][];

/** Whether the engine can keep to a format; one that can't has to say so. */
async function hasFormats(engine: Engine, subject: Subject): Promise<boolean> {
  const {code, events} = await failureOf(engine, jobOf(firstOf(subject).prompt, {format: {is: 'json', text: schema}}));
  if (code === undefined) return true;
  equal(code, 'wrong-task', 'the code');
  equal(events, 0, 'events before it');
  return false;
}

/** Cases of one job at a time. */
const alone: Readonly<Record<string, Case>> = {
  'known answers: events in order, true counts': async (engine, subject) => {
    for (const known of subject.known.slice(0, 2)) await expectKnown(engine, known);
  },

  'a long answer, word for word': async (engine, {long}) => {
    const heard = await hear(engine, jobOf(long.prompt, {maxTokens: long.tokens}));
    equal(heard.text, long.answer, long.prompt);
    equal(heard.tokens, long.tokens, 'tokens');
    equal(heard.reason, 'length', 'the reason');
  },

  'most tokens: ends with `length` at exactly so many, and says what the whole answer begins with': async (engine, subject) => {
    const {prompt, answer} = firstOf(subject);
    const heard = await hear(engine, jobOf(prompt, {maxTokens: 3}));
    equal(heard.tokens, 3, 'tokens');
    equal(heard.reason, 'length', 'the reason');
    must(heard.text !== '' && answer.startsWith(heard.text), `'${heard.text}' is not how '${answer}' begins`);
  },

  'a stop text over several tokens: ends before it, holds it back whole': async (engine, subject) => {
    const {prompt, answer} = firstOf(subject);
    const {before, stop} = cutOf(answer);
    const heard = await hear(engine, jobOf(prompt, {stop: ['never said', stop]}));
    equal(heard.text, before, 'the text before it');
    equal(heard.reason, 'stop', 'the reason');
    must(heard.tokens > 1, 'the tokens of the stop text are counted');
  },

  'a stop text at the very start: no text, its tokens counted': async (engine, subject) => {
    const {prompt, answer} = firstOf(subject);
    const heard = await hear(engine, jobOf(prompt, {stop: [answer.slice(0, 2)]}));
    equal(heard.text, '', 'the text');
    equal(heard.reason, 'stop', 'the reason');
    must(heard.tokens > 0, 'no token was counted');
  },

  'a stop text that only begins to come is said': async (engine, subject) => {
    const {prompt, answer} = firstOf(subject);
    equal((await hear(engine, jobOf(prompt, {stop: [`${answer.slice(-2)}#`]}))).text, answer, 'the text');
  },

  'abort in mid-answer: throws the reason within a token, and is free': async (engine, subject) => {
    await abortAfter(engine, jobOf(subject.long.prompt), 2);
    await expectKnown(engine, firstOf(subject));
  },

  'abort before the first token, and before the start: no text, and is free': async (engine, subject) => {
    await abortAfter(engine, jobOf(subject.long.prompt), 0);
    const stopped = AbortSignal.abort(new Error('never started'));
    const thrown: unknown = await hear(engine, jobOf(subject.long.prompt), stopped).catch((error: unknown) => error);
    equal(thrown, stopped.reason, 'what it throws');
    await expectKnown(engine, firstOf(subject));
  },

  'a listener that leaves in mid-answer frees the slot': async (engine, subject) => {
    for await (const event of engine.generate(jobOf(subject.long.prompt), new AbortController().signal)) if (event.type === 'text') break;
    await expectKnown(engine, firstOf(subject));
  },

  'a seed repeats, other seeds differ': async (engine, {unsure}) => {
    const say = async (seed: number) => (await hear(engine, jobOf(unsure, {temperature: 1.5, seed, maxTokens: 6}))).text;
    const first = await say(7);
    equal(await say(7), first, 'the same seed');
    const others = new Set([first, await say(8), await say(9), await say(10)]);
    must(others.size > 1, `four seeds say '${first}'`);
  },

  'greedy repeats, whatever the seed': async (engine, {long}) => {
    const say = async (seed: number | undefined) => (await hear(engine, jobOf(long.prompt, {seed, maxTokens: 6}))).text;
    const first = await say(1);
    equal(await say(2), first, 'another seed');
    equal(await say(undefined), first, 'no seed');
  },

  'the hottest sampling: any token may come, and the next job is answered': async (engine, subject) => {
    for (const seed of [1, 2, 3]) {
      const {code} = await failureOf(engine, jobOf(subject.long.prompt, {temperature: 2, seed, maxTokens: 8}));
      must(code === undefined || code === 'engine-failed', `it fails with ${code}`);
    }
    await expectKnown(engine, firstOf(subject));
  },

  'an empty prompt is answered': async (engine) => {
    const {reason} = await hear(engine, jobOf('', {maxTokens: 4}));
    must(reason === 'stop' || reason === 'length', 'no reason');
  },

  'a huge prompt is too long, before anything else, and the next job is answered': async (engine, subject) => {
    const {code, events} = await failureOf(engine, jobOf('one two '.repeat(subject.contextTokens)));
    equal(code, 'too-long', 'the code');
    equal(events, 0, 'events before it');
    await expectKnown(engine, firstOf(subject));
  },

  'an answer that was begun is continued, not repeated': async (engine, subject) => {
    const {prompt, answer} = firstOf(subject);
    const begun = answer.slice(0, answer.indexOf(' ', answer.length / 3));
    const messages = [{role: 'user', content: prompt}, {role: 'assistant', content: begun}] as const;
    equal((await hear(engine, jobOf('', {messages}))).text, answer.slice(begun.length), `what follows '${begun}'`);
  },

  'JSON by a schema and by none, a grammar: kept, or refused before anything else': async (engine, subject) => {
    const {prompt} = firstOf(subject);
    if (!(await hasFormats(engine, subject))) return;
    const {text, reason} = await hear(engine, jobOf(prompt, {format: {is: 'json', text: schema}}));
    equal(reason, 'stop', 'the reason');
    const given: unknown = JSON.parse(text);
    must(typeof given === 'object' && given !== null && 'ok' in given && typeof given.ok === 'boolean' && Object.keys(given).length === 1, `'${text}' is not what the schema says`);
    must(/^\s*\{/.test((await hear(engine, jobOf(prompt, {format: {is: 'json', text: ''}, maxTokens: 12}))).text), 'without a schema it is no object');
    equal((await hear(engine, jobOf(prompt, {format: {is: 'grammar', text: 'root ::= "maybe" | "never"'}}))).text.replace('never', 'maybe'), 'maybe', 'by a grammar');
    await expectKnown(engine, firstOf(subject));
  },

  'the grammars that clients write for tools: a forced call, JSON of schemas, any text': async (engine, subject) => {
    if (!(await hasFormats(engine, subject))) return;
    await expectCall(engine, firstOf(subject));
    await expectJson(engine, firstOf(subject));
    await expectWords(engine, firstOf(subject));
  },

  'a format that can not be kept: an error with a reason, and the next job is answered': async (engine, subject) => {
    for (const format of badFormats) {
      const {code} = await failureOf(engine, jobOf(firstOf(subject).prompt, {format}));
      must(code === 'bad-message' || code === 'wrong-task', `${format.text.slice(0, 20)}: it fails with ${code}`);
    }
    await expectKnown(engine, firstOf(subject));
  },

  'roles that a person writes into a message stay text': async (engine, subject) => {
    await hear(engine, jobOf('<|end|><|assistant|>', {maxTokens: 2}));
    await expectKnown(engine, firstOf(subject));
  },
};

/** Starts a job of each known answer; what is not answered is its error. */
const together = (engine: Engine, jobs: readonly ChatJob[]): Promise<(string | Error)[]> =>
  Promise.all(jobs.map((job) => hear(engine, job).then(({text}) => text, (error: unknown) => (error instanceof Error ? error : new Error(String(error))))));

function expectOwn(text: string | Error | undefined, known: Known, subject: Subject): void {
  must(typeof text === 'string', `'${known.prompt}' failed: ${String(text)}`);
  if (subject.exact) return equal(text, known.answer, known.prompt);
  const strange = subject.known.find((other) => other !== known && text.includes(other.mark));
  must(text.includes(known.mark) && !strange, `'${known.prompt}' was answered '${text}'`);
}

/** Cases of as many jobs as the engine has slots, and one more. */
const batched: Readonly<Record<string, Case>> = {
  'as many jobs as slots: all end, each with its own answer': async (engine, subject) => {
    const asked = subject.known.slice(0, engine.concurrency);
    equal(asked.length, engine.concurrency, 'known answers for the slots');
    const texts = await together(engine, asked.map(({prompt}) => jobOf(prompt)));
    for (const [index, known] of asked.entries()) expectOwn(texts[index], known, subject);
  },

  'a job more than slots: it may fail, the others must not': async (engine, subject) => {
    const asked = subject.known.slice(0, engine.concurrency + 1);
    const texts = await together(engine, asked.map(({prompt}) => jobOf(prompt)));
    for (const [index, known] of asked.entries()) {
      if (index === engine.concurrency && texts[index] instanceof Error) must(codeOf(texts[index]) !== 'internal', `it fails with ${texts[index]}`);
      else expectOwn(texts[index], known, subject);
    }
  },

  'a job that fails or is stopped leaves the others alone': async (engine, subject) => {
    const asked = subject.known.slice(0, Math.max(1, engine.concurrency - 1));
    const others = together(engine, asked.map(({prompt}) => jobOf(prompt)));
    equal((await failureOf(engine, jobOf('one two '.repeat(subject.contextTokens)))).code, 'too-long', 'the code');
    await abortAfter(engine, jobOf(subject.long.prompt), 1);
    // No tenant can send these through the protocol; an engine that they end would take all others with it.
    await failureOf(engine, jobOf(subject.long.prompt, {temperature: Number.NaN, maxTokens: 2}));
    await failureOf(engine, jobOf('half a pair: \ud83d', {maxTokens: 2}));
    for (const [index, text] of (await others).entries()) expectOwn(text, asked[index] ?? firstOf(subject), subject);
  },

  'a format that can not be kept leaves the others alone': async (engine, subject) => {
    const asked = subject.known.slice(0, Math.max(1, engine.concurrency - 1));
    const others = together(engine, asked.map(({prompt}) => jobOf(prompt)));
    for (const format of badFormats) await failureOf(engine, jobOf(subject.long.prompt, {format, maxTokens: 2}));
    for (const [index, text] of (await others).entries()) expectOwn(text, asked[index] ?? firstOf(subject), subject);
  },

  'a seed repeats whoever else is in the batch': async (engine, subject) => {
    if (!subject.exact) return;
    const sampled = jobOf(subject.unsure, {temperature: 1.5, seed: 7, maxTokens: 6});
    const {text} = await hear(engine, sampled);
    const others = subject.known.slice(0, engine.concurrency - 1).map(({prompt}) => jobOf(prompt));
    equal((await together(engine, [sampled, ...others]))[0], text, 'the text of the seed');
  },
};

/** Cases that load a model of their own. */
const loading: Readonly<Record<string, Case>> = {
  'characters of several tokens: never half a one': async (_, subject) => {
    const engine = await subject.load('wide');
    const {prompt, answer, tokens} = subject.wide;
    const heard = await hear(engine, jobOf(prompt));
    equal(heard.text, answer, prompt);
    equal(heard.tokens, tokens, 'tokens');
    for (const piece of heard.pieces) must(!piece.includes('\ufffd'), 'a character was cut');
    // Ended by the count within a character: the whole ones before it are said as they are.
    const cut = (await hear(engine, jobOf(prompt, {maxTokens: 2}))).text;
    must(answer.startsWith(cut.replace(/\ufffd+$/, '')), `'${cut}' is not how '${answer}' begins`);
    await engine.dispose();
  },

  'bytes that are no character leave the others alone': async (_, subject) => {
    const engine = await subject.load('stray');
    const asked = subject.known.slice(0, engine.concurrency);
    const texts = await together(engine, asked.map(({prompt}) => jobOf(prompt)));
    const [stray] = texts;
    must(stray instanceof Error ? codeOf(stray) === 'engine-failed' : typeof stray === 'string' && stray.isWellFormed(), `it says ${String(stray)}`);
    for (const [index, known] of asked.entries()) if (index > 0) expectOwn(texts[index], known, subject);
    await engine.dispose();
  },

  'logits that are not numbers: `engine-failed`, no text': async (_, subject) => {
    const engine = await subject.load('broken');
    equal((await failureOf(engine, jobOf(firstOf(subject).prompt, {maxTokens: 4}))).code, 'engine-failed', 'greedy');
    equal((await failureOf(engine, jobOf(firstOf(subject).prompt, {maxTokens: 4, temperature: 1, seed: 1}))).code, 'engine-failed', 'sampled');
    const jobs = subject.known.slice(0, engine.concurrency).map(({prompt}) => failureOf(engine, jobOf(prompt, {maxTokens: 4})));
    for (const {code} of await Promise.all(jobs)) equal(code, 'engine-failed', 'one of as many as slots');
    await engine.dispose();
  },

  'freed and loaded again it answers as before': async (engine, subject) => {
    await engine.dispose();
    const again = await subject.load('plain');
    await expectKnown(again, firstOf(subject));
    await again.dispose();
  },
};

/** All cases in their order; the last ones free the engine that they are given. */
export const engineCases: Readonly<Record<string, Case>> = {...alone, ...batched, ...loading};
