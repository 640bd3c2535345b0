/** What is said about an import: what came, what was left out and why. */
import type {Added} from '../state/history-views.ts';
import type {ReadHistory} from '../state/history-read.ts';
import {historyTexts as words} from './history-texts.ts';

const some = (count: number, sentence: (count: number) => string): readonly string[] => (count > 0 ? [sentence(count)] : []);

/** Sentences; the first says how many of all. */
export function reportOfImport({kind, conversations, omitted, hidden, files}: ReadHistory, {added, replaced, kept}: Added): readonly string[] {
  const {imported, kinds} = words;
  const all = conversations.length + omitted.empty + omitted['too-large'] + omitted.broken;
  const hasReceipts = conversations.some(({turns}) => turns.some(({provenance}) => provenance?.receipt === 'imported'));
  return [
    imported.added(added + replaced, all, kinds[kind]),
    ...some(replaced, imported.replaced),
    ...some(kept, imported.kept),
    ...some(omitted.empty, imported.empty),
    ...some(omitted['too-large'], imported.tooLarge),
    ...some(omitted.broken, imported.broken),
    ...some(hidden, imported.hidden),
    ...some(files, imported.files),
    ...(hasReceipts && added + replaced > 0 ? [imported.receipts] : []),
  ];
}
