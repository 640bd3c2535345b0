/** Settings, paired devices, and what this browser keeps. */
import {NetworkError} from '#protocol/errors.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {readPairingCode, writePairingCode} from '#protocol/pairing.ts';
import {store} from './store.ts';
import type {PairedDevice, Settings, SettingsView} from './views.ts';

/** The part of the browser's store that settings need. */
export interface SettingsStore {
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  all(store: 'paired'): Promise<readonly unknown[]>;
  put(store: 'paired', value: PairedDevice): Promise<void>;
  remove(store: 'paired', id: string): Promise<void>;
  erase(): Promise<void>;
}

export interface SettingsOptions {
  readonly kept: SettingsStore;
  readonly node: NodeId;
  readonly device: DeviceId;
  readonly version: string;
  readonly keys: SettingsView['keys'];
  now(): number;
  storageUsed(): Promise<number | undefined>;
  /** Paired devices have changed. */
  onPaired(devices: readonly PairedDevice[]): void;
  /** After everything was erased. */
  onErased(): void;
}

type Choices = Pick<SettingsView, 'theme' | 'delivery' | 'enterSends' | 'shortcuts' | 'announce'>;
const defaults: Choices = {theme: 'auto', delivery: 'stream', enterSends: true, shortcuts: true, announce: 'answers'};

export async function createSettings(options: SettingsOptions): Promise<Settings> {
  const {kept, node, device} = options;
  const view = store<SettingsView>({
    ...defaults,
    ...readChoices(await kept.setting('choices')),
    paired: (await kept.all('paired')) as readonly PairedDevice[],
    pairingCode: writePairingCode({node, device}),
    version: options.version,
    keys: options.keys,
    storageUsedBytes: undefined,
  });
  const setPaired = (paired: readonly PairedDevice[]) => {
    view.patch({paired});
    options.onPaired(paired);
  };
  // Some browsers do not say; then the page does not either.
  void options.storageUsed().then((storageUsedBytes) => view.patch({storageUsedBytes}), () => {});
  return {
    view,
    change: async (fields) => {
      view.patch(fields);
      const {theme, delivery, enterSends, shortcuts, announce} = view.get();
      await kept.putSetting('choices', {theme, delivery, enterSends, shortcuts, announce});
    },
    pair: async (code, name) => {
      const keys = readPairingCode(code);
      if (keys.node === node || keys.device === device) throw new NetworkError('bad-message', 'this is the code of this device');
      const paired: PairedDevice = {...keys, id: keys.node, name: name.trim() || 'My device', since: options.now()};
      await kept.put('paired', paired);
      setPaired([...view.get().paired.filter(({id}) => id !== paired.id), paired]);
    },
    unpair: async (id) => {
      await kept.remove('paired', id);
      setPaired(view.get().paired.filter((paired) => paired.id !== id));
    },
    eraseAll: async () => {
      await kept.erase();
      options.onErased();
    },
  };
}

function readChoices(saved: unknown): Partial<Choices> {
  if (typeof saved !== 'object' || saved === null) return {};
  const {theme, delivery, enterSends, shortcuts, announce} = saved as Record<string, unknown>;
  return {
    ...(theme === 'auto' || theme === 'light' || theme === 'dark' ? {theme} : {}),
    ...(delivery === 'stream' || delivery === 'quiet' ? {delivery} : {}),
    ...(typeof enterSends === 'boolean' ? {enterSends} : {}),
    ...(typeof shortcuts === 'boolean' ? {shortcuts} : {}),
    ...(announce === 'answers' || announce === 'sentences' || announce === 'off' ? {announce} : {}),
  };
}
