/** A worker for tests only: loads a model with the real WebLLM from served files, learns what it says, and runs the acceptance suite over it. */
import type {EntryOf} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import type {Blobs} from '../engine-webllm-files.ts';
import {type WebLlmOptions, webLlmEngineOfFiles} from '../engine-webllm.ts';
import {type GpuReport, probeGpu} from '../gpu.ts';
import {hear, jobOf, type Known, type Subject} from './engine-subject.ts';
import {engineCases} from './engine-suite.ts';

/** What the test asks for: a look at the GPU, or the whole suite. */
export type WebLlmOrder = {readonly is: 'probe'} | {readonly is: 'suite'; readonly entry: EntryOf<'webllm'>; /** A case that runs longer hangs. */ readonly hangsMs: number};

export type WebLlmReport =
  | {readonly type: 'gpu'; readonly gpu: GpuReport}
  | {readonly type: 'loading'; readonly part: number; readonly what: string}
  | {readonly type: 'loaded'; readonly description: string; readonly ms: number}
  | {readonly type: 'known'; readonly known: Known}
  | {readonly type: 'speed'; readonly what: string; readonly tokensPerSecond: number}
  | {readonly type: 'case'; readonly name: string; readonly ms: number; readonly failure: string | undefined}
  | {readonly type: 'skipped'; readonly name: string; readonly why: string}
  | {readonly type: 'end'; readonly failure: string | undefined};

/** Cases that ask for more than a model as it is. */
const skipped: Readonly<Record<string, string>> = {
  'an answer that was begun is continued, not repeated': 'WebLLM has no open assistant message: it is asked to continue in words',
  'characters of several tokens: never half a one': 'needs a variant of the model',
  'bytes that are no character leave the others alone': 'needs a variant of the model',
  'logits that are not numbers: `engine-failed`, no text': 'needs a variant of the model',
};

const questions = ['What is the capital of Japan?', 'What is the opposite of hot?', 'What is 3 + 4?', 'Which animal barks?', 'What is the colour of snow?'];
/** With these a model that thinks first does not, one that talks much says less. */
const manners = [' Answer with one short sentence.', ' Answer with one short sentence. /no_think', ''];

const post = (report: WebLlmReport): void => postMessage(report);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const onProgress = (part: number, what: string): void => post({type: 'loading', part, what});

async function filesOf({manifest}: EntryOf<'webllm'>): Promise<Blobs> {
  const files = new Map<string, Blob>();
  for (const {path} of manifest.files) {
    const response = await fetch(`/model/${path}`);
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    files.set(path, await response.blob());
  }
  return files;
}

const wordsOf = (text: string): string[] => text.match(/\w+/g) ?? [];

/** What the model answers greedily, where it ends by itself; each with a word of its own. */
async function learn(engine: Engine): Promise<readonly Known[]> {
  for (const manner of manners) {
    const heard: Omit<Known, 'mark'>[] = [];
    for (const question of questions) {
      const {text, tokens, reason} = await hear(engine, jobOf(question + manner));
      if (reason === 'stop' && text.trim().length > 8) heard.push({prompt: question + manner, answer: text, tokens});
    }
    const known = heard.flatMap((one) => {
      const mark = wordsOf(one.answer).find((word) => heard.every((other) => other === one || !other.answer.includes(word)));
      return mark === undefined ? [] : [{...one, mark}];
    });
    if (known.length > engine.concurrency) return known;
  }
  throw new Error('the model ends too few of its answers within 48 tokens: the suite needs an instruct model that answers briefly');
}

const story = 'Tell me a long story about a fox.';

async function longAnswer(engine: Engine): Promise<Known> {
  const {text, tokens} = await hear(engine, jobOf(story, {maxTokens: 32}));
  return {prompt: story, answer: text, tokens, mark: ''};
}

async function speed(engine: Engine, what: string): Promise<void> {
  const begun = performance.now();
  let first = begun;
  let tokens = 0;
  for await (const event of engine.generate(jobOf(story, {maxTokens: 64}), new AbortController().signal)) {
    if (event.type === 'prompt') first = performance.now();
    if (event.type === 'text') tokens += event.tokens;
  }
  post({type: 'speed', what: `${what}, first token after ${Math.round(first - begun)} ms`, tokensPerSecond: ((tokens - 1) * 1000) / (performance.now() - first)});
}

async function suite({entry, hangsMs}: Extract<WebLlmOrder, {is: 'suite'}>): Promise<void> {
  const files = await filesOf(entry);
  const load = (more: Pick<WebLlmOptions, 'logits'> = {}) => webLlmEngineOfFiles(entry, {files, device: 'webgpu', signal: new AbortController().signal, onProgress, ...more});
  const start = performance.now();
  const engine = await load();
  post({type: 'loaded', description: engine.description, ms: performance.now() - start});
  await speed(engine, 'alone');
  const known = await learn(engine);
  for (const one of known) post({type: 'known', known: one});
  const [first] = known;
  if (!first) return;
  const long = await longAnswer(engine);
  const subject: Subject = {load: () => load(), contextTokens: entry.contextTokens, known, wide: first, long, unsure: 'Think of a name for a cat. Say only the name.', exact: true};
  for (const name of Object.keys(skipped)) if (!(name in engineCases)) throw new Error(`no case is called '${name}'`);
  for (const [name, check] of Object.entries(engineCases)) {
    const why = skipped[name];
    if (why !== undefined) {
      post({type: 'skipped', name, why});
      continue;
    }
    const began = performance.now();
    const failure = await Promise.race([check(engine, subject).then(() => undefined, messageOf), hangs(hangsMs)]);
    post({type: 'case', name, ms: performance.now() - began, failure});
  }
  const watched = await load({logits: 'check'});
  await speed(watched, 'with all logits looked at');
  await watched.dispose();
}

const hangs = (ms: number): Promise<string> => new Promise((resolve) => void setTimeout(resolve, ms, `still runs after ${ms / 1000} s`));

addEventListener('message', ({data}: MessageEvent<WebLlmOrder>) => {
  const work = data.is === 'probe' ? probeGpu().then((gpu) => post({type: 'gpu', gpu})) : suite(data);
  void work.then(() => post({type: 'end', failure: undefined}), (error: unknown) => post({type: 'end', failure: messageOf(error)}));
});
