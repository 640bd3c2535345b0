/** Installing and updating the app: the service worker waits until the person says so. */
import {messageSW, Workbox, type WorkboxLifecycleEvent} from 'workbox-window';
import type {WordFromPage} from '../../sw/words.ts';
import {store, type Store} from '../state/store.ts';
import type {VersionGap} from '../state/version-gap.ts';
import type {Shell, ShellView} from '../state/views.ts';
import {trustedScriptUrl} from './trusted-urls.ts';

/** A tab that shares may stay open for days; the browser by itself looks for a new version only when a page is opened. */
const lookEveryMs = 60 * 60 * 1000;

const update: WordFromPage = 'update';

/** Chromium's offer to install; not in the DOM library. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

const isOffer = (event: Event): event is InstallOffer => 'prompt' in event && typeof event.prompt === 'function';

/** Keeps the browser's offer until the person asks for it. */
function installing(view: Store<ShellView>): () => Promise<void> {
  let offer: InstallOffer | undefined;
  addEventListener('beforeinstallprompt', (event) => {
    if (!isOffer(event)) return;
    event.preventDefault();
    offer = event;
    view.patch({canInstall: true});
  });
  addEventListener('appinstalled', () => view.patch({canInstall: false}));
  return async () => {
    const current = offer;
    // An offer can be used once.
    offer = undefined;
    view.patch({canInstall: false});
    await current?.prompt();
  };
}

/** The newest version that there is, once it could take over; undefined where this page is of it. */
async function newest(workbox: Workbox): Promise<ServiceWorker | undefined> {
  await workbox.update().catch(() => undefined);
  const registration = await navigator.serviceWorker.getRegistration();
  const coming = registration?.installing;
  if (coming) await new Promise((resolve) => void coming.addEventListener('statechange', resolve, {once: true}));
  return registration?.waiting ?? undefined;
}

/** Follows the versions of the service worker; what comes back installs the newest one and reloads. */
function updating(view: Store<ShellView>): () => Promise<void> {
  const workbox = new Workbox(trustedScriptUrl('/sw.js') as string, {scope: '/'});
  let waiting: ServiceWorker | undefined;
  let asked = false;
  workbox.addEventListener('waiting', ({sw}: WorkboxLifecycleEvent) => {
    waiting = sw;
    view.patch({updateReady: true});
  });
  // Another tab agreed to the update: this one keeps running on its old files and offers to reload.
  workbox.addEventListener('controlling', ({isUpdate}: WorkboxLifecycleEvent) => {
    if (asked) location.reload();
    else if (isUpdate === true) view.patch({updateReady: true});
    waiting = undefined;
  });
  // Without a service worker (private windows of some browsers) the app works, only not offline.
  workbox.register().catch(() => undefined);
  setInterval(() => void workbox.update().catch(() => undefined), lookEveryMs);
  return async () => {
    asked = true;
    // Loading the page again is not enough: the old version would serve itself.
    const next = waiting ?? (await newest(workbox));
    if (next === undefined) location.reload();
    else void messageSW(next, update);
  };
}

export interface ShellControl extends Shell {
  /** The side that is too old for the other. */
  setOutdated(gap: VersionGap | undefined): void;
}

/** The shell of this page; call it before anything waits, because the browser's offer to install comes early and once. */
export function createShell(): ShellControl {
  const view = store<ShellView>({updateReady: false, outdated: undefined, canInstall: false});
  const install = installing(view);
  const installUpdate = import.meta.env.PROD && 'serviceWorker' in navigator ? updating(view) : async () => location.reload();
  return {
    view,
    install,
    update: () => void installUpdate(),
    setOutdated: (outdated) => {
      if (view.get().outdated !== outdated) view.patch({outdated});
    },
  };
}
