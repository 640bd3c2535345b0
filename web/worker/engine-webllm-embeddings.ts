/** Vectors by WebLLM: one text at a time, so that a stopped job ends between two of them. */
import type {MLCEngineInterface} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';
import {unlessAborted} from '#protocol/roles/deadline.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';

/** What the models of WebLLM's list were trained with around a text; its tokenizer does not add it. */
const framed = (text: string): string => `[CLS] ${text} [SEP]`;

export async function* embed(mlc: MLCEngineInterface, {job, stop}: {job: EngineJobOf<'embeddings'>; stop: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  for (const input of job.inputs) {
    const {data, usage} = await unlessAborted(mlc.embeddings.create({input: framed(input)}), stop);
    const values = data[0]?.embedding ?? [];
    const length = Math.hypot(...values);
    if (values.length === 0 || !Number.isFinite(length) || length === 0) throw new NetworkError('engine-failed', 'a vector that is none');
    yield {type: 'prompt', tokens: usage.prompt_tokens};
    yield {type: 'item', item: {vector: Float32Array.from(values, (value) => value / length)}, tokens: 0};
  }
  yield {type: 'end', reason: 'stop'};
}
