/** What a computer is told of a conversation: the instructions, then the turns of the shown branch as far as they came. Pure. */
import {type Bytes, utf8} from '#protocol/bytes.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {JobOf} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import type {Instructions} from './instructions.ts';
import type {Turn} from './views.ts';

/** Tokens that an answer may have where the person says nothing of it. */
const usualMaxTokens = 1024;
/** What texts and pictures of one job may take together, and each picture beside its bytes: with their framing they fit the largest request. */
const roomBytes = 250 * 1024;
const pictureFraming = 16;

type Said = Pick<Turn, 'text' | 'images'> & {readonly role: Turn['role'] | 'system'};

/** The pictures that have room beside all texts, turn by turn: the newest ones. */
export function imagesOf(turns: readonly Said[]): readonly (readonly Bytes[])[] {
  let room = turns.reduce((left, {text}) => left - utf8(text).length, roomBytes);
  let count: number = limits.maxImages;
  const newestFirst = turns.toReversed().map(({images = []}) =>
    images.toReversed().filter(({length}) => (room -= length + pictureFraming) >= 0 && (count -= 1) >= 0).toReversed());
  return newestFirst.toReversed();
}

/** The job of a conversation whose last turn is the question: one about pictures where any is shown. */
export function chatJob(turns: readonly Said[], instructions: Instructions | undefined) {
  const {system, maxTokens = usualMaxTokens, stop, ...numbers}: Instructions = instructions ?? {system: ''};
  const told: readonly Said[] = system.trim() === '' ? turns : [{role: 'system', text: system}, ...turns];
  const kept = imagesOf(told);
  const said = told.map(({role, text}, index) => ({role, content: text, images: [...(kept[index] ?? [])]})).filter(({content, images}) => content !== '' || images.length > 0);
  const how = {maxTokens, ...numbers, ...(stop ? {stop: [...stop]} : {})};
  if (said.some(({images}) => images.length > 0)) return {task: 'image-text', messages: said satisfies JobOf<'image-text'>['messages'], ...how} as const;
  const messages: JobOf<'chat'>['messages'] = said.map(({role, content}) => ({role, content}));
  return {task: 'chat', messages, ...how} as const;
}

/** The node that answered last in this branch. */
export const lastNode = (turns: readonly Turn[]): NodeId | undefined => turns.findLast(({provenance}) => provenance?.receipt === 'valid' && provenance.level !== 'device')?.provenance?.nodes.at(-1);
