/** Asks our relay now and then what it tells everybody; while it is away, what it said last stands. */
import * as v from 'valibot';
import type {RelayWords, RelayWordsReader} from '../state/relay-words.ts';
import {store} from '../state/store.ts';
import {lookWhileVisible} from './look-while-visible.ts';

const everyMs = 20_000;
/** What the relay may say at most; a longer one is no notice of ours. */
const about = v.object({notice: v.optional(v.pipe(v.string(), v.maxLength(280)), ''), paused: v.optional(v.boolean(), false)});

/** Runs until the page goes away. */
function readRelayWords(): RelayWordsReader {
  const view = store<RelayWords>({notice: '', paused: false});
  lookWhileVisible(async () => {
    const said = await fetch('/api/relay').then(async (response) => v.parse(about, await response.json())).catch(() => undefined);
    const {notice, paused} = view.get();
    if (said && (said.notice !== notice || said.paused !== paused)) view.set(said);
  }, everyMs);
  return {view};
}

/** One for the whole page. */
export const relayWords = readRelayWords();
