/** What comes back for a task that does not write a text: a list of items, each told as soon as it is there (docs/protocol.md, section 6). */
import type {Bytes} from './bytes.ts';
import type {Job, JobOf} from './job.ts';
import {limits} from './limits.ts';
import type {Task} from './task.ts';
import {decode, encode, floats, struct, text, u16, u32, type Infer} from './wire.ts';

/** Longest item, bytes: a vector with its length. */
export const maxItemBytes = 8192;

/** How sure, in ten-thousandths. */
const score = u16;

const items = {
  /** Of the next input, in their order; of length 1. */
  embeddings: struct({vector: floats(limits.maxDimensions)}),
  /** What was said between two times of the sound. */
  transcription: struct({startMs: u32, endMs: u32, text: text(4096)}),
  /** The best label first. */
  classify: struct({label: text(256), score}),
  /** Of the next frame, in their order; a summary is one item over all of them. A search has scores, the others texts. */
  video: struct({startMs: u32, endMs: u32, text: text(4096), score}),
};

/** Tasks whose answer is items; the answer of the others is a text. */
export type ItemTask = keyof typeof items;
export type ItemOf<T extends ItemTask> = Infer<(typeof items)[T]>;
export type Item = {[T in ItemTask]: ItemOf<T>}[ItemTask];

export const hasItems = (task: Task): task is ItemTask => Object.hasOwn(items, task);

/** Bytes of an item. @throws NetworkError `too-large` */
export const encodeItem = <T extends ItemTask>(task: T, item: ItemOf<T>): Bytes => encode<object>(items[task], item);

/** An item that a node sent. @throws NetworkError `bad-message` */
export const decodeItem = <T extends ItemTask>(task: T, source: Uint8Array): ItemOf<T> => decode<object>(items[task], source) as ItemOf<T>;

/** Most items that a job can have for an answer. */
export function mostItems(job: JobOf<ItemTask>): number {
  switch (job.task) {
    case 'embeddings':
      return job.inputs.length;
    case 'transcription':
      return 256;
    case 'classify':
      return job.labels.length || limits.maxLabels;
    default:
      return job.ask === 'summary' ? 1 : job.frames.length;
  }
}

/**
 * What is left of a job after so many of its items have come: undefined where it can only be done anew, for what came stands for all of it.
 * The items of the rest follow those that are there.
 */
export function restOf(job: JobOf<ItemTask>, done: number): Job | undefined {
  if (done === 0) return job;
  if (job.task === 'embeddings' && done < job.inputs.length) return {...job, inputs: job.inputs.slice(done)};
  if (job.task === 'video' && job.ask !== 'summary' && done < job.frames.length) return {...job, frames: job.frames.slice(done)};
  return undefined;
}
