/** A key chord that the chat page answers, wherever it was pressed. */

/** What chords do. */
export type ShortcutName = 'fresh' | 'search' | 'settings' | 'shortcuts' | 'list' | 'code';

export class ShortcutEvent extends Event {
  static readonly type = 'bombyx-shortcut';
  readonly name: ShortcutName;

  constructor(name: ShortcutName) {
    super(ShortcutEvent.type);
    this.name = name;
  }
}
