/** This device as one that answers, as the page sees it: what does it loads beside the first screen, not before it. */
import {NetworkError} from '#protocol/errors.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from '../state/chat.ts';
import type {OwnDevice, OwnDeviceView, OwnModel} from '../state/own-device-views.ts';
import {store} from '../state/store.ts';
import type {OwnNodeOptions} from './own-node.ts';

export interface OwnDeviceControl extends OwnDevice {
  ask(request: AskRequest): AsyncGenerator<AskEvent, void>;
  /** The model that answers a conversation here. */
  model(): OwnModel | undefined;
}

export function createOwnDevice(options: Omit<OwnNodeOptions, 'view'>): OwnDeviceControl {
  const view = store<OwnDeviceView>({models: [], chosen: undefined, status: {is: 'off'}, shared: undefined, sharedElsewhere: false});
  const load = async () => (await import('./own-node.ts')).openOwnDevice({...options, view});
  // A part of the app that did not arrive is asked for again at the next call.
  let loading: ReturnType<typeof load> | undefined;
  const room = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw new NetworkError('load-failed', 'a part of the app', {cause: error});
    }));
  void room().catch(() => {});
  const soon = (act: (loaded: OwnDevice) => void) => void loading?.then(act, () => {});
  return {
    view,
    model: () => view.get().models.find(({hash}) => hash === view.get().chosen),
    choose: (model) => soon((loaded) => loaded.choose(model)),
    get: async (...how) => (await room()).get(...how),
    cancel: () => soon((loaded) => loaded.cancel()),
    unload: () => soon((loaded) => loaded.unload()),
    async *ask(request) {
      yield* (await room()).ask(request);
    },
  };
}
