/** Has something done for as long as an element is on the page. */
import type {ReactiveControllerHost} from 'lit';

/** Calls `start`, which gives what ends it, once `host` is on the page. An element may be handed late what that takes: until then `start` gives undefined. */
export function whileShown(host: ReactiveControllerHost, start: () => (() => void) | undefined): void {
  let isShown = false;
  let end: (() => void) | undefined;
  host.addController({
    hostConnected: () => {
      isShown = true;
    },
    // An element may be updated once more after it was taken off the page.
    hostUpdate: () => {
      if (isShown) end ??= start();
    },
    hostDisconnected: () => {
      isShown = false;
      end?.();
      end = undefined;
    },
  });
}
