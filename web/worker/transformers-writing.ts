/** Writing with transformers.js, token by token: a decoding loop of our own, so that each token can be stopped, sampled by seed and counted. */
import {type PreTrainedModel, type PreTrainedTokenizer, Tensor} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {pickToken, randomFrom} from './sampling.ts';
import {StopTexts} from './stop-texts.ts';
import {numbersOf} from './transformers-runner.ts';
import {nextTurn} from './transformers-turns.ts';

export interface Writer {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly contextTokens: number;
}

/** What the first run of the model is given: `input_ids` and what belongs to them, such as images. */
export interface Prompt {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly tokens: number;
}

export interface Writing extends Pick<EngineJobOf<'chat'>, 'maxTokens' | 'temperature' | 'topP' | 'seed' | 'stop'> {
  readonly prompt: Prompt;
  readonly signal: AbortSignal;
}

type Written = Exclude<EngineEvent, {type: 'prompt' | 'item'}>;
type Cache = Record<string, Tensor>;

export const tensorOf = (values: readonly number[]): Tensor => new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);

/** @throws NetworkError `too-long` where a prompt leaves no room for an answer */
export function requireRoom({contextTokens}: Pick<Writer, 'contextTokens'>, {tokens}: Prompt): void {
  if (tokens + 1 >= contextTokens) throw new NetworkError('too-long', `${tokens} of ${contextTokens} tokens`);
}

/** The pieces of a text and its end. */
export async function* write(writer: Writer, writing: Writing): AsyncGenerator<Written, void> {
  requireRoom(writer, writing.prompt);
  const room = Math.min(writing.maxTokens, writer.contextTokens - writing.prompt.tokens);
  const decoder = new TextDecoderOfTokens(writer.tokenizer);
  const stops = new StopTexts(writing.stop);
  let waiting = 0;
  for await (const token of decode(writer, {...writing, maxTokens: room})) {
    waiting += 1;
    const text = stops.push(decoder.push(token));
    if (text !== '' || stops.found) {
      yield {type: 'text', text, tokens: waiting};
      waiting = 0;
    }
    if (stops.found) return yield {type: 'end', reason: 'stop'};
  }
  const left = stops.push(decoder.flush()) + stops.flush();
  if (left !== '' || waiting > 0) yield {type: 'text', text: left, tokens: waiting};
  yield {type: 'end', reason: decoder.count >= room ? 'length' : 'stop'};
}

/** The tokens of a prompt that is text alone. */
export function textPrompt(tokenizer: PreTrainedTokenizer, text: string): Prompt {
  const tokens = tokenizer.encode(text, {add_special_tokens: false});
  return {inputs: {input_ids: tensorOf(tokens)}, tokens: tokens.length};
}

/** Tokens until the model ends or has said `maxTokens`. Stops between two of them when the signal aborts. */
async function* decode({model, tokenizer}: Writer, {prompt, maxTokens, temperature, topP, seed, signal}: Writing): AsyncGenerator<number, void> {
  const ends = new Set([tokenizer.eos_token_id ?? -1, model.generation_config?.eos_token_id ?? -1].flat());
  const random = randomFrom(seed);
  let cache: Cache = {};
  let inputs = prompt.inputs;
  try {
    for (let count = 0; count < maxTokens; count += 1) {
      await nextTurn();
      signal.throwIfAborted();
      const step = await forward(model, {inputs, total: prompt.tokens + count, cache});
      cache = step.cache;
      const token = pickToken(step.logits, {temperature, topP, random});
      if (ends.has(token)) return;
      yield token;
      inputs = {input_ids: tensorOf([token])};
    }
  } finally {
    for (const tensor of Object.values(cache)) if (tensor.location === 'gpu-buffer') tensor.dispose();
  }
}

/** One run of the model: logits of the last position, and the cache for the next run. */
async function forward(model: PreTrainedModel, {inputs, total, cache}: {inputs: Prompt['inputs']; total: number; cache: Cache}): Promise<{logits: Float32Array; cache: Cache}> {
  const past = Object.keys(cache).length > 0 ? cache : null;
  const outputs = (await model.forward({...inputs, attention_mask: tensorOf(Array.from({length: total}, () => 1)), past_key_values: past})) as Record<string, Tensor>;
  const {logits} = outputs;
  if (!logits) throw new NetworkError('engine-failed', 'no logits');
  const vocabulary = logits.dims.at(-1) ?? 0;
  const next: Cache = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith('present')) continue;
    const key = name.replace('present', 'past_key_values');
    if (cache[key]?.location === 'gpu-buffer') cache[key].dispose();
    next[key] = tensor;
  }
  return {logits: numbersOf(logits).slice(-vocabulary), cache: next};
}

/** Text of tokens as they come; bytes of an unfinished character are held back. */
class TextDecoderOfTokens {
  readonly #tokenizer: PreTrainedTokenizer;
  #tokens: number[] = [];
  #said = '';
  #count = 0;

  constructor(tokenizer: PreTrainedTokenizer) {
    this.#tokenizer = tokenizer;
  }

  get count(): number {
    return this.#count;
  }

  push(token: number): string {
    this.#tokens.push(token);
    this.#count += 1;
    const text = this.#tokenizer.decode(this.#tokens, {skip_special_tokens: true});
    if (text.endsWith('\ufffd')) return '';
    const fresh = text.slice(this.#said.length);
    this.#said = text;
    // A line break is a place to start anew: decoding stays short.
    if (fresh.includes('\n') || this.#tokens.length > 256) {
      this.#tokens = [];
      this.#said = '';
    }
    return fresh;
  }

  /** What was held back at the end. */
  flush(): string {
    const text = this.#tokenizer.decode(this.#tokens, {skip_special_tokens: true}).slice(this.#said.length);
    this.#tokens = [];
    this.#said = '';
    return text;
  }
}
