/** Serves the shell without a network; computes nothing, takes over nothing by itself and updates only on the page's word. */
import {setCacheNameDetails} from 'workbox-core';
import {cleanupOutdatedCaches, createHandlerBoundToURL, matchPrecache, precacheAndRoute, type PrecacheEntry} from 'workbox-precaching';
import {registerRoute} from 'workbox-routing';
import {answerFrom, dropStaleBins} from './bins.ts';
import {sourceOf, type Source} from './policy.ts';
import {renewHeaders} from './shell-headers.ts';
import type {WordFromPage} from './words.ts';

declare const self: ServiceWorkerGlobalScope & {readonly __WB_MANIFEST: (PrecacheEntry | string)[]};

const {origin} = self.location;
const update: WordFromPage = 'update';

const source = (request: Request): Source => sourceOf({
  method: request.method, mode: request.mode, cache: request.cache, ranged: request.headers.has('range'), url: new URL(request.url), origin,
});

setCacheNameDetails({prefix: 'bombyx'});
registerRoute(({request}) => source(request).from === 'catalogue', ({request}) => catalogueFor(request));
// oxlint-disable-next-line no-underscore-dangle -- the name that Workbox looks for and fills in at build time
precacheAndRoute(self.__WB_MANIFEST, {cleanURLs: false});
cleanupOutdatedCaches();

const shell = createHandlerBoundToURL('/index.html');
registerRoute(({request}) => source(request).from === 'shell', async (options) => {
  // For the next time; without a network there is nothing to renew.
  options.event.waitUntil(renewHeaders('/index.html').catch(() => undefined));
  return shell(options);
});
registerRoute(({request}) => source(request).from === 'cache', ({request, event}) => {
  const found = source(request);
  return found.from === 'cache' ? answerFrom(found, {request, event}) : fetch(request);
});

/** A relay may list models of its own, so it is asked first. */
async function catalogueFor(request: Request): Promise<Response> {
  const asked = await fetch(request).catch(() => undefined);
  return asked?.ok ? asked : ((await matchPrecache('/models.json')) ?? asked ?? Response.error());
}

self.addEventListener('activate', (event) => event.waitUntil(dropStaleBins(self.caches)));
self.addEventListener('message', (event) => {
  if (event.data === update) event.waitUntil(self.skipWaiting());
});
