/** Settings, paired devices, and what this browser keeps. */
import {NetworkError} from '#protocol/errors.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {type PairingKeys, readPairingCode, writePairingCode} from '#protocol/pairing.ts';
import {type LanguageChoice, readLanguageChoice} from './language.ts';
import {isWorthNoting, readPaired} from './paired.ts';
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
  /** Other tabs of this browser should look again at what is paired: the node of one may be the one to be asked. */
  tellTabs?(): void;
  /** After everything was erased. */
  onErased(): void;
}

type Choices = Pick<SettingsView, 'theme' | 'delivery' | 'enterSends' | 'sensitive' | 'shortcuts' | 'announce' | 'language'>;
const defaults: Choices = {theme: 'auto', delivery: 'stream', enterSends: true, sensitive: false, shortcuts: true, announce: 'answers', language: 'auto'};

export interface SettingsControl extends Settings {
  /** Adds a device whose keys were exchanged. @throws NetworkError `bad-message` when they are this device's own */
  addPaired(keys: PairingKeys, name: string): Promise<void>;
  /** A paired device answered, by its node, or asked, by its device key. */
  notePairedUse(key: string): Promise<void>;
  /** Another tab has changed what is paired. */
  readPairedAgain(): Promise<void>;
}

export async function createSettings(options: SettingsOptions): Promise<SettingsControl> {
  const {kept, node, device} = options;
  const view = store<SettingsView>({
    ...defaults,
    ...readChoices(await kept.setting('choices')),
    paired: readPaired(await kept.all('paired')),
    pairingCode: writePairingCode({node, device}),
    version: options.version,
    keys: options.keys,
    storageUsedBytes: undefined,
  });
  const setPaired = (paired: readonly PairedDevice[]) => {
    view.patch({paired});
    options.onPaired(paired);
    options.tellTabs?.();
  };
  const add = async (keys: PairingKeys, name: string) => {
    if (keys.node === node || keys.device === device) throw new NetworkError('bad-message', 'this is the code of this device');
    const paired: PairedDevice = {...keys, id: keys.node, name: name.trim(), since: options.now()};
    await kept.put('paired', paired);
    setPaired([...view.get().paired.filter(({id}) => id !== paired.id), paired]);
  };
  /** Keys stay as they are, so no node is told. */
  const alter = async (id: string, fields: Partial<Pick<PairedDevice, 'name' | 'lastUsed'>>) => {
    const before = view.get().paired.find((paired) => paired.id === id);
    if (!before) return;
    const after = {...before, ...fields};
    view.patch({paired: view.get().paired.map((paired) => (paired.id === id ? after : paired))});
    await kept.put('paired', after);
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
      const {theme, delivery, enterSends, sensitive, shortcuts, announce, language} = view.get();
      await kept.putSetting('choices', {theme, delivery, enterSends, sensitive, shortcuts, announce, language});
    },
    pair: (code, name) => Promise.resolve(code).then(readPairingCode).then((keys) => add(keys, name)),
    addPaired: add,
    rename: (id, name) => alter(id, {name: name.trim()}),
    notePairedUse: async (key) => {
      const used = view.get().paired.find((paired) => paired.node === key || paired.device === key);
      if (used && isWorthNoting(used, options.now())) await alter(used.id, {lastUsed: options.now()});
    },
    readPairedAgain: async () => {
      const paired = readPaired(await kept.all('paired'));
      view.patch({paired});
      options.onPaired(paired);
    },
    unpair: async (id) => {
      // Out of sight first: what is noted of a use in between would put it back.
      view.patch({paired: view.get().paired.filter((paired) => paired.id !== id)});
      options.onPaired(view.get().paired);
      await kept.remove('paired', id);
      options.tellTabs?.();
    },
    eraseAll: async () => {
      await kept.erase();
      options.onErased();
    },
  };
}

function readChoices(saved: unknown): Partial<Choices> {
  if (typeof saved !== 'object' || saved === null) return {};
  const {theme, delivery, enterSends, sensitive, shortcuts, announce, language} = saved as Record<string, unknown>;
  return {
    ...(theme === 'auto' || theme === 'light' || theme === 'dark' ? {theme} : {}),
    ...(delivery === 'stream' || delivery === 'quiet' ? {delivery} : {}),
    ...(typeof enterSends === 'boolean' ? {enterSends} : {}),
    ...(typeof sensitive === 'boolean' ? {sensitive} : {}),
    ...(typeof shortcuts === 'boolean' ? {shortcuts} : {}),
    ...(announce === 'answers' || announce === 'sentences' || announce === 'off' ? {announce} : {}),
    language: readLanguageChoice(language),
  };
}
