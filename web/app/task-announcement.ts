/** What a screen reader says of a task: that it began, and in the end what was found. */
import {plainOf} from '#protocol/subtitles.ts';
import {framesFound, textsFound} from '../state/findings.ts';
import {clockTime} from '../state/clock-time.ts';
import type {ResultOf, TaskResult, TasksView} from '../state/task-views.ts';
import type {Heard} from './answering.ts';
import {formatPercent} from './figures.ts';
import {taskTexts} from './task-texts.ts';

const words = taskTexts;
/** Scores come in ten-thousandths. */
const full = 10_000;
/** More of a long order nobody wants to hear. */
const most = 3;

/** Each task is like a conversation of its own: a switch between them says nothing. */
export function heardTask({kind, running, results}: TasksView): Heard {
  const result: TaskResult | undefined = results[kind];
  return {conversation: kind, busy: running === kind, last: result && {...result.turn, ...(running === kind ? {} : {text: spokenOf(result)})}};
}

function spokenOf(result: TaskResult): string {
  switch (result.task) {
    case 'image-text':
      return result.turn.text;
    case 'transcription':
      return result.items.length === 0 ? words.speech.nothing : plainOf(result.items);
    case 'video':
      return spokenFilm(result);
    case 'embeddings':
      return textsFound(result)?.slice(0, most).map(({text, likeness}) => words.scored(text, formatPercent(likeness))).join('. ') ?? words.search.counted(result.items.length);
    case 'classify':
      return result.items.map(({label, score}) => words.scored(label, formatPercent(score / full))).join('. ');
  }
}

function spokenFilm(result: ResultOf<'video'>): string {
  if (result.input.ask === 'summary') return result.items.map(({text}) => text).join(' ');
  const said = framesFound(result).map(({item: {text, score}, frame}) => ({text, score, frame: words.film.frameAt(clockTime(frame.atMs))}));
  if (result.input.ask === 'caption') return said.map(({text, frame}) => `${frame}: ${text}`).join(' ');
  return said.slice(0, most).map(({frame, score}) => words.scored(frame, formatPercent(score / full))).join('. ');
}
