/** The relays beside ours that this page may link to, as its own relay names them; its policy allows no others. */
import * as v from 'valibot';

const about = v.object({
  /** Of other operators: for the person to choose. */
  relays: v.optional(v.array(v.string()), []),
  /** Of the same operator: ours may send a job on to them, and they do for ours where it is away. */
  cluster: v.optional(v.array(v.string()), []),
});
type RelayAddresses = v.InferOutput<typeof about>;
let known: Promise<RelayAddresses> | undefined;

/** Undefined while our relay can't be asked. */
export function relayAddresses(): Promise<RelayAddresses | undefined> {
  known ??= fetch('/api/relay').then(async (response) => v.parse(about, await response.json()));
  return known.catch(() => {
    known = undefined;
    return undefined;
  });
}

/** Addresses of the other relays of our operator's cluster. */
export const siblings = async (): Promise<readonly string[]> => (await relayAddresses())?.cluster ?? [];
