/** Text about images under transformers.js: questions and captions; films frame by frame, or in one summary. */
import {AutoModelForImageTextToText, AutoProcessor, type PreTrainedTokenizer, type Processor, type Tensor} from '@huggingface/transformers';
import type {Bytes} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {decodeImage, unlessBadMedia} from './transformers-image.ts';
import {type Runner, type RunnerOptions, weights} from './transformers-runner.ts';
import {type Prompt, requireRoom, write, type Writer} from './transformers-writing.ts';

interface Seer extends Writer {
  readonly processor: Processor;
}

type Inputs = Readonly<Record<string, Tensor>> & {readonly input_ids: Tensor};
type Message = EngineJobOf<'image-text'>['messages'][number];
type Film = EngineJobOf<'video'>;

export async function picturesRunner(options: RunnerOptions): Promise<Runner> {
  const processor = await AutoProcessor.from_pretrained(modelName);
  const model = await AutoModelForImageTextToText.from_pretrained(modelName, weights(options));
  const seer: Seer = {model, processor, tokenizer: tokenizerOf(processor), contextTokens: options.entry.contextTokens};
  return {
    run: (asked, signal) => {
      const job = onlyTasks(asked, ['image-text', 'video']);
      return job.task === 'video' ? watch(seer, {job, signal}) : look(seer, {job, signal});
    },
    dispose: () => model.dispose(),
  };
}

function tokenizerOf({tokenizer}: Processor): PreTrainedTokenizer {
  if (!tokenizer) throw new Error('a processor without a tokenizer');
  return tokenizer;
}

/** What is asked of an image that comes without a question. */
const captionRequest = 'Describe this picture in one short sentence.';
const summaryRequest = 'These are frames of one film, in their order. Say in a few short sentences what happens in it.';
/** Longest caption of one frame, tokens. */
const captionTokens = 64;

async function* look(seer: Seer, {job, signal}: {job: EngineJobOf<'image-text'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  if (job.format !== undefined) throw new NetworkError('wrong-task', 'this engine has no grammars');
  const prompt = await promptOf(seer, {messages: job.messages});
  requireRoom(seer, prompt);
  yield {type: 'prompt', tokens: prompt.tokens};
  yield* write(seer, {...job, prompt, signal});
}

async function* watch(seer: Seer, {job, signal}: {job: Film; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  if (job.ask === 'search') throw new NetworkError('wrong-task', 'this model does not search');
  const scenes = scenesOf(job);
  const prompts: Prompt[] = [];
  for (const {messages} of scenes) prompts.push(await promptOf(seer, {messages, whole: true}));
  for (const prompt of prompts) requireRoom(seer, prompt);
  yield {type: 'prompt', tokens: prompts.reduce((sum, {tokens}) => sum + tokens, 0)};
  let room = job.maxTokens;
  for (const [index, {startMs, endMs, most}] of scenes.entries()) {
    const prompt = prompts[index];
    if (!prompt || room === 0) break;
    const {text, tokens} = await written(seer, {prompt, signal, maxTokens: Math.min(most, room)});
    room -= tokens;
    yield {type: 'item', item: {startMs, endMs, text, score: 0}, tokens};
  }
  yield {type: 'end', reason: room > 0 ? 'stop' : 'length'};
}

interface Scene {
  readonly startMs: number;
  readonly endMs: number;
  readonly messages: readonly Message[];
  /** Tokens. */
  readonly most: number;
}

function scenesOf({ask, frames, query, maxTokens}: Film): readonly Scene[] {
  const [first, last] = [frames[0]?.atMs ?? 0, frames.at(-1)?.atMs ?? 0];
  const asking = (content: string, images: readonly Bytes[]): readonly Message[] => [{role: 'user', content: query === '' ? content : `${content} ${query}`, images}];
  if (ask === 'summary') return [{startMs: first, endMs: last, messages: asking(summaryRequest, frames.map(({image}) => image)), most: maxTokens}];
  return frames.map(({atMs, image}, index) => ({startMs: atMs, endMs: frames[index + 1]?.atMs ?? atMs, messages: asking(captionRequest, [image]), most: captionTokens}));
}

async function written(seer: Seer, {prompt, signal, maxTokens}: {prompt: Prompt; signal: AbortSignal; maxTokens: number}): Promise<{text: string; tokens: number}> {
  let text = '';
  let tokens = 0;
  for await (const event of write(seer, {prompt, signal, maxTokens, temperature: 0, topP: 1, seed: undefined, stop: []})) {
    if (event.type !== 'text') continue;
    text += event.text;
    tokens += event.tokens;
  }
  return {text: text.trim(), tokens};
}

/** `whole`: an image is read as one, not in tiles beside it: a film would be too many. */
async function promptOf({processor}: Seer, {messages, whole = false}: {messages: readonly Message[]; whole?: boolean}): Promise<Prompt> {
  const last = messages.at(-1);
  const open = last?.role === 'assistant' ? last.content : '';
  const asked = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
  const text = processor.apply_chat_template(asked.map((message) => templated(processor, message)), {tokenize: false, add_generation_prompt: true}) as string;
  const images = await Promise.all(messages.flatMap((message) => message.images).map(decodeImage));
  const inputs = await unlessBadMedia(() => processor(text + open, images, whole ? {do_image_splitting: false} : {}) as Promise<Inputs>);
  return {inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== 'attention_mask' && !/^(rows|cols)$/.test(name))), tokens: inputs.input_ids.dims.at(-1) ?? 0};
}

/** What a person writes can't stand for an image: there would be more places than images. */
function templated(processor: Processor, {role, content, images}: Message) {
  const mark = 'image_token' in processor && typeof processor.image_token === 'string' ? processor.image_token : '<image>';
  const text = content === '' && images.length > 0 ? captionRequest : content.replaceAll(mark, mark.split('').join(' '));
  return {role, content: [...images.map(() => ({type: 'image'})), {type: 'text', text}]} as unknown as {role: string; content: string};
}
