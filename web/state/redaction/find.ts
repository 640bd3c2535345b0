/** Finds personal details in a text by fixed rules. It helps and misses things: nobody should rely on it alone. */
import {findAddresses} from './addresses.ts';
import {type Detector, type Found, kinds} from './kinds.ts';
import {findNames} from './names.ts';
import {findBirths, findCards, findIbans, findPhones} from './numbers.ts';
import {findEmails, findIps, findLinks, findSecrets} from './reachable.ts';
import {findWords} from './words.ts';

const detectors: readonly Detector[] = [findSecrets, findLinks, findEmails, findIbans, findCards, findBirths, findIps, findAddresses, findPhones, findNames];

export interface Wishes {
  /** Hidden wherever they stand, in any case. */
  readonly terms: readonly string[];
  /** Never hidden. */
  readonly asIs: readonly string[];
}

/** What is to be hidden of a text, in its order, without overlaps. Where two meet, the kind that comes first in the list of kinds counts. */
export function findPersonal(text: string, {terms, asIs}: Wishes, known: Detector = () => []): readonly Found[] {
  const spared = new Set(asIs);
  const all = [...findWords(text, {kind: 'term', words: terms, anyCase: true}), ...detectors.flatMap((detect) => detect(text)), ...known(text)]
    .filter(({start, end}) => !spared.has(text.slice(start, end)))
    .toSorted((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind) || right.end - right.start - (left.end - left.start));
  const taken = new Uint8Array(text.length);
  const free = all.filter(({start, end}) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return free.toSorted((left, right) => left.start - right.start);
}
