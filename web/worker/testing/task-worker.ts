/** A worker for tests only: loads models one after the other, gives each its jobs and posts all that came. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import {type JobInput, makeJob} from '#protocol/job.ts';
import type {EntryOf} from '#protocol/models.ts';
import type {EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import {transformersEngine} from '../engine-transformers.ts';

export interface TaskOrder {
  readonly device: 'webgpu' | 'wasm';
  readonly models: readonly {readonly entry: EntryOf<'transformers'>; readonly jobs: readonly TaskJob[]}[];
}

export interface TaskJob {
  readonly name: string;
  readonly input: JobInput;
  /** Aborts after so many events. */
  readonly stopAfter?: number | undefined;
}

export type TaskReport =
  | {readonly type: 'done'; readonly name: string; readonly ms: number; readonly events: readonly EngineEvent[]; readonly code: ErrorCode | undefined}
  | {readonly type: 'end'; readonly failure: string | undefined};

const post = (report: TaskReport): void => postMessage(report);

async function run({device, models}: TaskOrder): Promise<void> {
  for (const {entry, jobs} of models) {
    const engine = await transformersEngine(entry, {device, signal: new AbortController().signal, onProgress: () => {}});
    for (const {name, input, stopAfter} of jobs) {
      const began = performance.now();
      const events: EngineEvent[] = [];
      const stop = new AbortController();
      const job = {...makeJob(input), handle: 'test' as JobHandle, ...('messages' in input ? {temperature: 0, topP: 1} : {})} as EngineJob;
      const code = await hear().catch(codeOf);
      post({type: 'done', name, ms: performance.now() - began, events, code});

      async function hear(): Promise<undefined> {
        for await (const event of engine.generate(job, stop.signal)) {
          events.push(event);
          if (events.length === stopAfter) stop.abort(new DOMException('stopped', 'AbortError'));
        }
        return undefined;
      }
    }
    await engine.dispose();
  }
}

addEventListener('message', ({data}: MessageEvent<TaskOrder>) => {
  void run(data).then(() => post({type: 'end', failure: undefined}), (error: unknown) => post({type: 'end', failure: String(error)}));
});
