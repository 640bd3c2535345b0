/** Our own file of conversations: every branch and every fact, no keys and nothing of the wallet. Pure. */
import {type ErrorCode, errorTable} from '#protocol/errors.ts';
import {modelHash, nodeId} from '#protocol/ids.ts';
import {BrokenRecord, countOf, type Fields, fieldsOf, fileLimits, isFields, listOf, oneOf, orNone, textOf} from './file-fields.ts';
import type {OneRead} from './history-read.ts';
import type {Conversation, Provenance, Turn} from './views.ts';

const format = 'bombyx-conversations';
/** Goes up when a reader of the last one would get it wrong. */
const version = 1;

/** The text of the file. */
export const historyFile = (conversations: readonly Conversation[], now: number): string =>
  `${JSON.stringify({format, version, exported: new Date(now).toISOString(), conversations}, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value), 1)}\n`;

export const isOurs = (value: unknown): value is Fields => isFields(value) && value['format'] === format;
export const isNewer = (file: Fields): boolean => typeof file['version'] === 'number' && file['version'] > version;

/** One entry of `conversations`. @throws BrokenRecord */
export function readOwn(entry: unknown): OneRead {
  const fields = fieldsOf(entry);
  if (Array.isArray(fields['turns']) && fields['turns'].length > fileLimits.turns) return {is: 'too-large'};
  const turns = listOf(fields['turns'], fileLimits.turns).map((turn) => turnOf(fieldsOf(turn)));
  if (turns.length === 0) return {is: 'empty'};
  const ids = new Set(turns.map(({id}) => id));
  if (ids.size < turns.length) throw new BrokenRecord('two turns with one id');
  checkParents(turns);
  const head = orNone(fields['head'], (value) => textOf(value, fileLimits.id));
  const conversation: Conversation = {
    id: addressOf(fields['id']),
    title: textOf(fields['title'], fileLimits.title),
    updated: countOf(fields['updated'], 1e14),
    level: oneOf(fields['level'], ['network', 'mine']),
    turns,
    ...(head !== undefined && ids.has(head) ? {head} : {}),
    ...(fields['pinned'] === true ? {pinned: true} : {}),
  };
  return {is: 'conversation', conversation, hidden: 0, files: 0};
}

/** An id that fits an address. */
export function addressOf(value: unknown): string {
  const id = textOf(value, 64);
  if (!/^[\w-]+$/.test(id)) throw new BrokenRecord('no id');
  return id;
}

/** Each turn comes after the one that it follows, so that none follows itself over others. */
function checkParents(turns: readonly Turn[]): void {
  const before = new Set<string>();
  for (const {id, parent} of turns) {
    if (typeof parent === 'string' && !before.has(parent)) throw new BrokenRecord('a turn before the one that it follows');
    before.add(id);
  }
}

function turnOf(turn: Fields): Turn {
  const status = oneOf(turn['status'], ['done', 'streaming', 'stopped', 'failed']);
  const error = orNone(turn['error'], (value) => codeOf(textOf(value, 64)));
  const provenance = orNone(turn['provenance'], (value) => provenanceOf(fieldsOf(value)));
  return {
    id: textOf(turn['id'], fileLimits.id),
    ...(turn['parent'] === undefined ? {} : {parent: turn['parent'] === null ? null : textOf(turn['parent'], fileLimits.id)}),
    role: oneOf(turn['role'], ['user', 'assistant']),
    text: textOf(turn['text'], fileLimits.text),
    // Nothing streams out of a file.
    status: status === 'streaming' ? 'stopped' : status,
    at: countOf(turn['at'], 1e14),
    ...(error === undefined ? {} : {error}),
    ...(provenance === undefined ? {} : {provenance}),
  };
}

const codeOf = (code: string): ErrorCode => (Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'internal');

function provenanceOf(fields: Fields): Provenance {
  const receipt = oneOf(fields['receipt'], ['valid', 'invalid', 'none', 'imported']);
  const payment = orNone(fields['payment'], (value) => oneOf(value, ['channel', 'trial']));
  const relays = orNone(fields['relays'], (value) => listOf(value, 64).map((relay) => textOf(relay, 256)));
  return {
    model: textOf(fields['model'], 256),
    modelHash: hex(fields['modelHash'], modelHash),
    nodes: listOf(fields['nodes'], 64).map((node) => hex(node, nodeId)),
    level: oneOf(fields['level'], ['network', 'mine']),
    route: oneOf(fields['route'], ['relayed', 'turn', 'direct']),
    ...(relays === undefined ? {} : {relays}),
    firstTokenMs: orNone(fields['firstTokenMs'], (value) => countOf(value)),
    milliseconds: countOf(fields['milliseconds']),
    tokens: countOf(fields['tokens']),
    price: nanoOf(fields['price']),
    ...(payment === undefined ? {} : {payment}),
    // That it was checked is what the file says: nothing was checked here.
    receipt: receipt === 'valid' ? 'imported' : receipt,
  };
}

function hex<Id>(value: unknown, parse: (text: string) => Id): Id {
  try {
    return parse(textOf(value, 64));
  } catch {
    throw new BrokenRecord('no id');
  }
}

function nanoOf(value: unknown): bigint {
  const digits = textOf(value, 20);
  if (!/^\d+$/.test(digits)) throw new BrokenRecord('no amount');
  return BigInt(digits);
}
