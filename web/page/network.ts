/** The network as the page sees it. The client behind it brings half of the app's code, the cryptography: it loads beside the first screen, not before it. */
import {NetworkError} from '#protocol/errors.ts';
import type {NetworkOptions, PageNetwork} from './client.ts';

export function createNetwork(options: NetworkOptions): PageNetwork {
  const load = async () => (await import('./client.ts')).createClient(options);
  // A part of the app that did not arrive is asked for again at the next call.
  let loading: Promise<PageNetwork> | undefined;
  const client = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw new NetworkError('offline', 'the client did not load', {cause: error});
    }));
  void client().catch(() => {});
  return {
    async *ask(request) {
      yield* (await client()).ask(request);
    },
    directory: async () => (await client()).directory(),
    meet: async (relay) => (await client()).meet(relay),
    leave: (relay) => void loading?.then((loaded) => loaded.leave(relay), () => {}),
    // A client that is yet to load knows of no deposit.
    forgetDeposit: () => void loading?.then((loaded) => loaded.forgetDeposit(), () => {}),
  };
}
