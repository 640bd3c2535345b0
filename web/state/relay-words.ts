/** What our relay tells everybody who uses its app. */
import type {Readable} from './store.ts';

export interface RelayWords {
  /** The operator's, in plain text; empty for none. */
  readonly notice: string;
  /** It takes no new jobs. */
  readonly paused: boolean;
}

export interface RelayWordsReader {
  readonly view: Readable<RelayWords>;
}
