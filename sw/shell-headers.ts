/** Keeps the headers of the stored shell as the relay sends them now: its policy says which relays the page may link to, and changes without a new version of the app. */
import {cacheNames} from 'workbox-core';
import {getCacheKeyForURL} from 'workbox-precaching';

const policy = 'content-security-policy';

/** Stores the shell anew where only its policy is another; a new version of the app waits for the person as ever. */
export async function renewHeaders(path: string): Promise<void> {
  const key = getCacheKeyForURL(path);
  const cache = await caches.open(cacheNames.precache);
  const stored = key === undefined ? undefined : await cache.match(key);
  if (key === undefined || stored === undefined) return;
  const now = await fetch(path, {cache: 'no-cache'});
  if (!now.ok || now.redirected || now.headers.get(policy) === stored.headers.get(policy)) return;
  if ((await now.clone().text()) === (await stored.text())) await cache.put(key, now);
}
