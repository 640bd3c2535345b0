/** Chromium's offer to install, caught as soon as the page runs: it comes early and once. */
import {store} from '../state/store.ts';

/** Not in the DOM library. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

const isOffer = (event: Event): event is InstallOffer => 'prompt' in event && typeof event.prompt === 'function';

/** The offer that can still be used. */
export const installOffer = store<{readonly offer: InstallOffer | undefined}>({offer: undefined});

addEventListener('beforeinstallprompt', (event) => {
  if (!isOffer(event)) return;
  event.preventDefault();
  installOffer.set({offer: event});
});
addEventListener('appinstalled', () => installOffer.set({offer: undefined}));
