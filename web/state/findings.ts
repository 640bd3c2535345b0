/** What came of tasks, in the order in which a person wants it. Pure. */
import type {ItemOf} from '#protocol/result.ts';
import {ranked} from './ranking.ts';
import {linesOf} from './task-jobs.ts';
import type {Film, ResultOf} from './task-views.ts';

export interface FoundFrame {
  readonly item: ItemOf<'video'>;
  readonly frame: Film['frames'][number];
}

/** Items with the frames that they are of: as in the film, or of a search the best first. */
export function framesFound({items, media, input}: ResultOf<'video'>): readonly FoundFrame[] {
  const found = items.flatMap((item, index) => {
    const frame = media?.frames[index];
    return frame ? [{item, frame}] : [];
  });
  return input.ask === 'search' ? found.toSorted((left, right) => right.item.score - left.item.score) : found;
}

export interface FoundText {
  readonly text: string;
  readonly likeness: number;
}

/** The texts in the order of their likeness; undefined without a question, or while it has no vector. */
export function textsFound({input, items}: ResultOf<'embeddings'>): readonly FoundText[] | undefined {
  const [asked, ...vectors] = items.map(({vector}) => vector);
  if (input.question.trim() === '' || asked === undefined) return undefined;
  const lines = linesOf(input.texts);
  return ranked(asked, vectors).map(({index, likeness}) => ({text: lines[index] ?? '', likeness}));
}

/** The vectors with their texts, as JSON. */
export function vectorsFile({input, items, turn}: ResultOf<'embeddings'>): string {
  const question = input.question.trim();
  const sent = [...(question === '' ? [] : [question]), ...linesOf(input.texts)];
  const entries = items.map(({vector}, index) => ({text: sent[index] ?? '', vector: [...vector]}));
  return JSON.stringify({model: turn.provenance?.modelHash, ...(question === '' ? {texts: entries} : {question: entries[0], texts: entries.slice(1)})});
}
