/** The relays beside ours that this page may link to, as its own relay names them; its policy allows no others. */
import * as v from 'valibot';

const about = v.object({relays: v.optional(v.array(v.string()), [])});
let known: Promise<readonly string[]> | undefined;

/** Their addresses; undefined while our relay can't be asked. */
export function otherRelays(): Promise<readonly string[] | undefined> {
  known ??= fetch('/api/relay').then(async (response) => v.parse(about, await response.json()).relays);
  return known.catch(() => {
    known = undefined;
    return undefined;
  });
}
