/** Named instructions that a person keeps, and what new conversations begin with. */
import {type Instructions, readInstructions} from './instructions.ts';
import {store, type Readable} from './store.ts';

export interface Preset {
  readonly name: string;
  readonly instructions: Instructions;
}

export interface PresetsView {
  /** By name. */
  readonly presets: readonly Preset[];
  readonly standard: Instructions | undefined;
}

export interface Presets {
  readonly view: Readable<PresetsView>;
  /** Adds it, or takes the place of the one of this name. */
  save(name: string, instructions: Instructions): Promise<void>;
  rename(name: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  setStandard(instructions: Instructions | undefined): Promise<void>;
}

/** The part of the browser's store that presets need. */
export interface PresetStore {
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
}

export const maxPresets = 50;
export const maxPresetName = 60;

const isName = (name: unknown): name is string => typeof name === 'string' && name.trim() !== '' && name.length <= maxPresetName;

/** What of the store makes sense. */
function readPresets(saved: unknown): PresetsView {
  const {presets, standard} = (typeof saved === 'object' && saved !== null ? saved : {}) as Record<string, unknown>;
  const read = (Array.isArray(presets) ? presets : []).flatMap((each: unknown): Preset[] => {
    const {name, instructions} = (typeof each === 'object' && each !== null ? each : {}) as Record<string, unknown>;
    const known = readInstructions(instructions);
    return isName(name) && known ? [{name, instructions: known}] : [];
  });
  return {presets: sorted([...new Map(read.map((each) => [each.name, each])).values()].slice(0, maxPresets)), standard: readInstructions(standard)};
}

const sorted = (presets: readonly Preset[]): readonly Preset[] => presets.toSorted((left, right) => left.name.localeCompare(right.name));

export async function createPresets(kept: PresetStore): Promise<Presets> {
  const view = store<PresetsView>(readPresets(await kept.setting('presets')));
  const change = async (fields: Partial<PresetsView>) => {
    view.patch(fields);
    await kept.putSetting('presets', view.get());
  };
  const without = (name: string) => view.get().presets.filter((each) => each.name !== name);
  return {
    view,
    save: async (typed, instructions) => {
      const name = typed.trim();
      if (isName(name) && without(name).length < maxPresets) await change({presets: sorted([...without(name), {name, instructions}])});
    },
    rename: async (name, typed) => {
      const to = typed.trim();
      const old = view.get().presets.find((each) => each.name === name);
      if (old && isName(to)) await change({presets: sorted([...without(name).filter((each) => each.name !== to), {...old, name: to}])});
    },
    remove: async (name) => change({presets: without(name)}),
    setStandard: async (standard) => change({standard}),
  };
}
