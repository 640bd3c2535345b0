/** What reading a file of conversations comes to, whatever app wrote it. */
import type {Conversation} from './views.ts';

export type FileKind = 'bombyx' | 'markdown' | 'chatgpt' | 'open-webui';

/** Why a conversation of a file was not taken. */
export type Omission = 'empty' | 'too-large' | 'broken';

/** Why nothing at all was taken. */
export type Refusal = 'too-large' | 'too-many' | 'zip' | 'not-json' | 'unknown' | 'newer';

export interface ReadHistory {
  readonly is: 'read';
  readonly kind: FileKind;
  readonly conversations: readonly Conversation[];
  /** Conversations that are not among them, by the reason. */
  readonly omitted: Readonly<Record<Omission, number>>;
  /** Messages of systems and tools, and hidden ones; people do not see them in the app that wrote the file either. */
  readonly hidden: number;
  /** Pictures and other files that belonged to messages. */
  readonly files: number;
}

export type FileReading = ReadHistory | {readonly is: 'refused'; readonly why: Refusal};

/** One conversation of a file, or why it is left out. */
export type OneRead = {readonly is: 'conversation'; readonly conversation: Conversation; readonly hidden: number; readonly files: number} | {readonly is: Omission};

/** The conversations of a file and what was left out, added up. */
export function gather(kind: FileKind, read: readonly OneRead[]): ReadHistory {
  const taken = read.filter((one) => one.is === 'conversation');
  // A file that names a conversation twice means the last.
  const byId = new Map(taken.map(({conversation}) => [conversation.id, conversation]));
  const count = (why: Omission) => read.filter(({is}) => is === why).length;
  return {
    is: 'read', kind,
    conversations: [...byId.values()],
    omitted: {'empty': count('empty'), 'too-large': count('too-large'), 'broken': count('broken')},
    hidden: taken.reduce((sum, {hidden}) => sum + hidden, 0),
    files: taken.reduce((sum, {files}) => sum + files, 0),
  };
}
