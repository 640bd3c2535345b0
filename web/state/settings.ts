/** Settings, paired devices, and what this browser keeps. */
import {NetworkError} from '#protocol/errors.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {readPairingCode, writePairingCode} from '#protocol/pairing.ts';
import {type LanguageChoice, readLanguageChoice} from './language.ts';
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
  /** Has the app speak it, and keeps it where it can be read before the store opens. Rejects when its texts do not come. */
  onLanguage(language: LanguageChoice): Promise<void>;
  /** Paired devices have changed. */
  onPaired(devices: readonly PairedDevice[]): void;
  /** After everything was erased. */
  onErased(): void;
}

type Choices = Pick<SettingsView, 'theme' | 'delivery' | 'enterSends' | 'language'>;
const defaults: Choices = {theme: 'auto', delivery: 'stream', enterSends: true, language: 'auto'};

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
  // What is kept here counts; it may be another than the first paint found. What is there already stays when it does not come.
  await options.onLanguage(view.get().language).catch(() => {});
  // Some browsers do not say; then the page does not either.
  void options.storageUsed().then((storageUsedBytes) => view.patch({storageUsedBytes}), () => {});
  return {
    view,
    change: async (fields) => {
      if (fields.language !== undefined) await options.onLanguage(fields.language);
      view.patch(fields);
      const {theme, delivery, enterSends, language} = view.get();
      await kept.putSetting('choices', {theme, delivery, enterSends, language});
    },
    pair: async (code, name) => {
      const keys = readPairingCode(code);
      if (keys.node === node || keys.device === device) throw new NetworkError('bad-message', 'this is the code of this device');
      const paired: PairedDevice = {...keys, id: keys.node, name: name.trim(), since: options.now()};
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
  const {theme, delivery, enterSends, language} = saved as Record<string, unknown>;
  return {
    ...(theme === 'auto' || theme === 'light' || theme === 'dark' ? {theme} : {}),
    ...(delivery === 'stream' || delivery === 'quiet' ? {delivery} : {}),
    ...(typeof enterSends === 'boolean' ? {enterSends} : {}),
    language: readLanguageChoice(language),
  };
}
