/** The runtime caches: a stored copy first, and never more files than the policy allows. */
import {mostEntries, surplus, type Bin, type Source} from './policy.ts';

const prefix = 'bombyx-bin-';
const nameOf = (bin: Bin): string => `${prefix}${bin}-v1`;

interface Need {
  readonly request: Request;
  /** Kept alive until the copy is stored. */
  readonly event: ExtendableEvent;
}

async function keep(cache: Cache, {request, response, most}: {readonly request: Request; readonly response: Response; readonly most: number}): Promise<void> {
  await cache.put(request, response);
  for (const old of surplus(await cache.keys(), most)) await cache.delete(old);
}

/** Answers from the cache, or from the network while a copy of a whole good answer is stored. */
export async function answerFrom({bin, fresh}: Extract<Source, {from: 'cache'}>, {request, event}: Need): Promise<Response> {
  const cache = await caches.open(nameOf(bin));
  const stored = await cache.match(request, {ignoreVary: true});
  if (stored !== undefined && !fresh) return stored;
  const response = await fetch(request).catch((error: unknown) => {
    // Asked to look for a newer copy without a network: the old one is better than nothing.
    if (stored === undefined) throw error;
    return stored;
  });
  if (response === stored) return stored;
  // A full disk must not take the answer away: the copy is a convenience.
  if (response.status === 200) event.waitUntil(keep(cache, {request, response: response.clone(), most: mostEntries[bin]}).catch(() => undefined));
  return response;
}

/** Drops caches of earlier layouts. */
export async function dropStaleBins(all: CacheStorage): Promise<void> {
  const current = new Set((Object.keys(mostEntries) as Bin[]).map(nameOf));
  const stale = (await all.keys()).filter((name) => name.startsWith(prefix) && !current.has(name));
  await Promise.all(stale.map((name) => all.delete(name)));
}
