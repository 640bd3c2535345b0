/** A worker for a benchmark only: tokens per second of one job alone and of several at once, turn by turn in one engine. */
import type {EntryOf} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {wllamaEngine} from '../engine-wllama.ts';
import {hear, jobOf} from './engine-subject.ts';

export interface BatchOrder {
  readonly entry: EntryOf<'wllama'>;
  /** Address of the model's one file. */
  readonly url: string;
  readonly prompts: readonly string[];
  readonly maxTokens: number;
  readonly rounds: number;
}

export type BatchReport =
  | {readonly type: 'round'; readonly alone: number; readonly together: number; readonly jobs: number}
  | {readonly type: 'end'; readonly failure: string | undefined};

const post = (report: BatchReport): void => postMessage(report);

/** Tokens per second over all of these jobs. */
async function speed(engine: Engine, prompts: readonly string[], maxTokens: number): Promise<number> {
  const start = performance.now();
  const heard = await Promise.all(prompts.map((prompt) => hear(engine, jobOf(prompt, {maxTokens}))));
  return (heard.reduce((sum, {tokens}) => sum + tokens, 0) * 1000) / (performance.now() - start);
}

async function run({entry, url, prompts, maxTokens, rounds}: BatchOrder): Promise<void> {
  const blobs = [await (await fetch(url)).blob()];
  const engine = await wllamaEngine(entry, {device: 'wasm', signal: new AbortController().signal, onProgress: () => {}, blobs});
  const asked = prompts.slice(0, engine.concurrency);
  for (let round = -1; round < rounds; round += 1) {
    const alone = await speed(engine, asked.slice(0, 1), maxTokens);
    const together = await speed(engine, asked, maxTokens);
    // The first round warms up.
    if (round >= 0) post({type: 'round', alone, together, jobs: asked.length});
  }
  await engine.dispose();
}

addEventListener('message', ({data}: MessageEvent<BatchOrder>) => {
  void run(data).then(() => post({type: 'end', failure: undefined}), (error: unknown) => post({type: 'end', failure: String(error)}));
});
