/** Our own file of conversations: every branch and every fact, no keys and nothing of the wallet. Pure. */
import {type ErrorCode, errorTable} from '#protocol/errors.ts';
import {modelHash, nodeId} from '#protocol/ids.ts';
import {BrokenRecord, countOf, type Fields, fieldsOf, fileLimits, isFields, listOf, orNone, type Readers, recordOf, textOf, wordOf} from './file-fields.ts';
import {pictureText, readPictures} from './file-pictures.ts';
import {readInstructions} from './instructions.ts';
import type {OneRead} from './history-read.ts';
import type {Conversation, Level, Provenance, Turn} from './views.ts';

const format = 'bombyx-conversations';
/** Goes up when a reader of the last one would get it wrong. */
const version = 1;

/** The text of the file. */
export const historyFile = (conversations: readonly Conversation[], now: number): string =>
  `${JSON.stringify({format, version, exported: new Date(now).toISOString(), conversations}, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value instanceof Uint8Array ? pictureText(value) : value), 1)}\n`;

export const isOurs = (value: unknown): value is Fields => isFields(value) && value['format'] === format;
export const isNewer = (file: Fields): boolean => typeof file['version'] === 'number' && file['version'] > version;

/** One entry of `conversations`. @throws BrokenRecord */
export function readOwn(entry: unknown): OneRead {
  const fields = fieldsOf(entry);
  if (Array.isArray(fields['turns']) && fields['turns'].length > fileLimits.turns) return {is: 'too-large'};
  const {head, ...conversation} = recordOf(fields, conversationReaders);
  const {turns} = conversation;
  if (turns.length === 0) return {is: 'empty'};
  checkTree(turns);
  const isThere = turns.some(({id}) => id === head);
  return {is: 'conversation', conversation: isThere && head !== undefined ? {...conversation, head} : conversation, hidden: 0, files: 0};
}

/** Each turn is there once, and none follows itself over others. */
function checkTree(turns: readonly Turn[]): void {
  const parents = new Map(turns.map(({id, parent}, index) => [id, parent === undefined ? turns[index - 1]?.id : parent]));
  if (parents.size < turns.length) throw new BrokenRecord('two turns with one id');
  const sound = new Set<string>();
  for (const {id} of turns) {
    const way = new Set<string>();
    for (let at: string | null | undefined = id; typeof at === 'string' && !sound.has(at); at = parents.get(at)) {
      if (way.has(at)) throw new BrokenRecord('a ring');
      way.add(at);
    }
    for (const each of way) sound.add(each);
  }
}

/** An id that fits an address. */
export function addressOf(value: unknown): string {
  const id = textOf(value, 64);
  if (!/^[\w-]+$/.test(id)) throw new BrokenRecord('no id');
  return id;
}

export const levelOf = wordOf<Level>({network: true, mine: true, device: true});
const statusOf = wordOf<Turn['status']>({done: true, streaming: true, stopped: true, failed: true});
const receiptOf = wordOf<Provenance['receipt']>({valid: true, invalid: true, none: true, imported: true});
const turnIdOf = (value: unknown): string => textOf(value, fileLimits.id);
const trueOrNone = (value: unknown): true | undefined => (value === true ? true : undefined);
const momentOf = (value: unknown): number => countOf(value, 1e14);

const provenanceReaders: Readers<Provenance> = {
  model: (value) => textOf(value, 256),
  modelHash: (value) => hex(value, modelHash),
  nodes: (value) => listOf(value, 64).map((node) => hex(node, nodeId)),
  level: levelOf,
  route: wordOf<Provenance['route']>({relayed: true, turn: true, direct: true, here: true}),
  relays: (value) => orNone(value, (relays) => listOf(relays, 64).map((relay) => textOf(relay, 256))),
  firstTokenMs: (value) => orNone(value, (milliseconds) => countOf(milliseconds)),
  milliseconds: (value) => countOf(value),
  tokens: (value) => countOf(value),
  price: nanoOf,
  payment: (value) => orNone(value, wordOf<NonNullable<Provenance['payment']>>({channel: true, trial: true})),
  receipt: (value) => {
    const receipt = receiptOf(value);
    // That it was checked is what the file says: nothing was checked here.
    return receipt === 'valid' ? 'imported' : receipt;
  },
};

const turnReaders: Readers<Turn> = {
  id: turnIdOf,
  parent: (value) => (value === null ? null : orNone(value, turnIdOf)),
  role: wordOf<Turn['role']>({user: true, assistant: true}),
  text: (value) => textOf(value, fileLimits.text),
  images: (value) => orNone(value, readPictures),
  status: (value) => {
    const status = statusOf(value);
    // Nothing streams out of a file.
    return status === 'streaming' ? 'stopped' : status;
  },
  at: momentOf,
  edited: trueOrNone,
  error: (value) => orNone(value, (code) => codeOf(textOf(code, 64))),
  provenance: (value) => orNone(value, (provenance) => recordOf(fieldsOf(provenance), provenanceReaders)),
};

const conversationReaders: Readers<Conversation> = {
  id: addressOf,
  title: (value) => textOf(value, fileLimits.title),
  updated: momentOf,
  level: levelOf,
  turns: (value) => listOf(value, fileLimits.turns).map((turn) => recordOf(fieldsOf(turn), turnReaders)),
  head: (value) => orNone(value, turnIdOf),
  pinned: trueOrNone,
  sensitive: trueOrNone,
  instructions: readInstructions,
  // Such a one is in no file.
  temporary: () => undefined,
};

const codeOf = (code: string): ErrorCode => (Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'internal');

function hex<Id>(value: unknown, parse: (text: string) => Id): Id {
  try {
    return parse(textOf(value, 64));
  } catch {
    throw new BrokenRecord('no id');
  }
}

/** Nano-coins, as decimal digits. */
function nanoOf(value: unknown): bigint {
  const digits = textOf(value, 20);
  if (!/^\d+$/.test(digits)) throw new BrokenRecord('no amount');
  return BigInt(digits);
}
