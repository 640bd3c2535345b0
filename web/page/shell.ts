/** Installing and updating the app: the service worker waits until the person says so. */
import type {Workbox, WorkboxLifecycleEvent} from 'workbox-window';
import type {WordFromPage} from '../../sw/words.ts';
import {store, type Store} from '../state/store.ts';
import type {VersionGap} from '../state/version-gap.ts';
import type {Shell, ShellView} from '../state/views.ts';
import {installOffer} from './install-offer.ts';
import {trustedScriptUrl} from './trusted-urls.ts';

/** A tab that shares may stay open for days; the browser by itself looks for a new version only when a page is opened. */
const lookEveryMs = 60 * 60 * 1000;

const update: WordFromPage = 'update';

/** Keeps the browser's offer until the person asks for it. */
function installing(view: Store<ShellView>): () => Promise<void> {
  const show = () => view.patch({canInstall: installOffer.get().offer !== undefined});
  installOffer.subscribe(show);
  show();
  return async () => {
    const {offer} = installOffer.get();
    // An offer can be used once.
    installOffer.set({offer: undefined});
    await offer?.prompt();
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
async function updating(view: Store<ShellView>): Promise<() => Promise<void>> {
  const {messageSW, Workbox} = await import('workbox-window');
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

const reload = async () => location.reload();

/** The shell of this page. */
export function createShell(): ShellControl {
  const view = store<ShellView>({updateReady: false, outdated: undefined, canInstall: false});
  const install = installing(view);
  // Where its code did not arrive, the next page looks for a version again.
  const installUpdate = import.meta.env.PROD && 'serviceWorker' in navigator ? updating(view).catch(() => reload) : Promise.resolve(reload);
  return {
    view,
    install,
    update: () => void installUpdate.then((run) => run()),
    setOutdated: (outdated) => {
      if (view.get().outdated !== outdated) view.patch({outdated});
    },
  };
}
