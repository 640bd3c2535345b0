/** Which keys make which chord. Pure. */
import type {ShortcutName} from './shortcut-event.ts';

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

interface Chord {
  readonly name: ShortcutName;
  /** What the key writes; with Shift it may write another sign. */
  readonly keys: readonly string[];
  /** Where it is: for keyboards that write another script. */
  readonly code: string;
  /** Undefined where a layout may need Shift to write the sign. */
  readonly shift: boolean | undefined;
  /** As it is shown to people, beside Ctrl. */
  readonly shown: readonly string[];
}

export const chords: readonly Chord[] = [
  {name: 'fresh', keys: ['o'], code: 'KeyO', shift: true, shown: ['Shift', 'O']},
  {name: 'search', keys: ['k'], code: 'KeyK', shift: false, shown: ['K']},
  {name: 'settings', keys: ['.'], code: 'Period', shift: undefined, shown: ['.']},
  {name: 'shortcuts', keys: ['/'], code: 'Slash', shift: undefined, shown: ['/']},
  {name: 'list', keys: ['s'], code: 'KeyS', shift: true, shown: ['Shift', 'S']},
  {name: 'code', keys: [';', ':'], code: 'Semicolon', shift: true, shown: ['Shift', ';']},
];

const isLatin = (key: string): boolean => /^[\u0020-\u007e]$/.test(key);

/** What these keys ask for. Ctrl or Command alone, never with Alt: that writes signs on some layouts. */
export function chordOf({key, code, ctrlKey, metaKey, shiftKey, altKey}: Pressed): ShortcutName | undefined {
  if (ctrlKey === metaKey || altKey) return undefined;
  const written = key.toLowerCase();
  return chords.find((chord) => (chord.shift === undefined || chord.shift === shiftKey) && (isLatin(written) ? chord.keys.includes(written) : chord.code === code))?.name;
}
