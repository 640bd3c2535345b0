/** Many texts as the jobs that carry them: as few as their bounds allow. */
import {utf8} from './bytes.ts';
import {limits} from './limits.ts';

/** Bytes of texts in one job: with their framing they fit the largest request. */
const maxTextBytes = 200 * 1024;

/** The texts in their order, cut into lists that one embeddings job holds; each text must fit `limits.maxInputBytes`. */
export function batchesOf(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: {readonly inputs: string[]; bytes: number}[] = [];
  for (const text of texts) {
    const {length} = utf8(text);
    const last = batches.at(-1);
    if (last === undefined || last.inputs.length >= limits.maxInputs || last.bytes + length > maxTextBytes) batches.push({inputs: [text], bytes: length});
    else {
      last.inputs.push(text);
      last.bytes += length;
    }
  }
  return batches.map(({inputs}) => inputs);
}
