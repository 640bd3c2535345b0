/** The answer of a task as it grows, event by event, over as many jobs as it takes. Pure. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {Item} from '#protocol/result.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {type AnswerProgress, finishAnswer, firstStage, takeEvent} from './answer.ts';
import type {Turn} from './views.ts';

export interface TaskProgress {
  readonly answer: AnswerProgress;
  readonly items: readonly Item[];
  readonly jobs: {readonly done: number; readonly all: number};
  /** Where the sound of the present job begins. */
  readonly offsetMs: number;
  /** What there was when the present job began: what is left when all that came of it is void. */
  readonly before: {readonly text: string; readonly items: number; readonly tokens: number};
}

export const beginTask = (answer: AnswerProgress, all: number): TaskProgress => ({answer, items: [], jobs: {done: 0, all}, offsetMs: 0, before: {text: '', items: 0, tokens: 0}});

/** The next job begins; its receipt is yet to come. */
export const beginJob = (progress: TaskProgress, offsetMs: number): TaskProgress => ({
  ...progress,
  answer: {...progress.answer, stage: firstStage(progress.answer.about.level), receipt: 'none'},
  offsetMs,
  before: {text: progress.answer.turn.text, items: progress.items.length, tokens: progress.answer.tokens},
});

/** @param now in the same clock as the answer's beginning */
export function takeTaskEvent(progress: TaskProgress, {event, now}: {event: AskEvent; now: number}): TaskProgress {
  const answer = takeEvent(progress.answer, {event, now});
  if (event.type === 'item') return {...progress, answer, items: [...progress.items, moved(event.item, progress.offsetMs)]};
  if (event.type === 'resuming' && !event.kept) return voided({...progress, answer});
  return {...progress, answer};
}

/** The job has ended well. One that brought no receipt leaves the whole without one. */
export function endJob(progress: TaskProgress): TaskProgress {
  return {...progress, jobs: {...progress.jobs, done: progress.jobs.done + 1}};
}

/** How it stays: computers named once each, in the order of their first part, and the receipt that is worth least. */
export function endTask({answer, jobs}: TaskProgress, {code, receipted, now}: {code: ErrorCode | undefined; receipted: number; now: number}): Turn {
  const receipt = receipted === jobs.all ? 'valid' : 'none';
  return finishAnswer({...answer, nodes: [...new Set(answer.nodes)], receipt}, {code, now});
}

function voided(progress: TaskProgress): TaskProgress {
  const {answer, items, before} = progress;
  return {...progress, items: items.slice(0, before.items), answer: {...answer, tokens: before.tokens, turn: {...answer.turn, text: before.text}}};
}

/** Times in a piece of sound are counted from its beginning; summaries of films and vectors stay as they are. */
const moved = (item: Item, offsetMs: number): Item => ('startMs' in item ? {...item, startMs: item.startMs + offsetMs, endMs: item.endMs + offsetMs} : item);
