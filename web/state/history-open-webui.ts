/** Reads a chat of an Open WebUI export: a tree of messages by id, or in older ones a list. Pure. */
import {BrokenRecord, type Fields, fieldsOf, fileLimits, idHere, isFields, momentOf, textOf} from './file-fields.ts';
import type {OneRead} from './history-read.ts';
import {type Message, treeOf} from './imported-tree.ts';

const chatOf = (value: Fields): Fields => (isFields(value['chat']) ? value['chat'] : value);
const mapOf = (chat: Fields): Fields | undefined => (isFields(chat['history']) && isFields(chat['history']['messages']) ? chat['history']['messages'] : undefined);

export const isOpenWebUi = (value: unknown): value is Fields => isFields(value) && (mapOf(chatOf(value)) !== undefined || Array.isArray(chatOf(value)['messages']));

/** @param now for chats and messages without a time @param placeholder stands for a message that had only pictures */
export function readOpenWebUi(entry: Fields, {now, placeholder}: {readonly now: number; readonly placeholder: string}): OneRead {
  const chat = chatOf(entry);
  const raw = rawMessages(chat);
  if (raw.length > fileLimits.turns) return {is: 'too-large'};
  const read = raw.map((message) => readMessage(message, placeholder));
  const current = isFields(chat['history']) ? chat['history']['currentId'] : undefined;
  const tree = treeOf(read.map(({message}) => message), {current: typeof current === 'string' ? current : undefined, now});
  if (tree.turns.length === 0) return {is: 'empty'};
  const title = [entry['title'], chat['title']].find((one) => typeof one === 'string');
  const updated = momentOf(entry['updated_at']) ?? momentOf(chat['timestamp']) ?? tree.turns.at(-1)?.at ?? now;
  const id = [entry['id'], chat['id']].find((one): one is string => typeof one === 'string' && one !== '');
  return {
    is: 'conversation',
    conversation: {
      id: idHere('openwebui', id ?? `${String(title)} ${momentOf(chat['timestamp']) ?? ''} ${tree.turns[0]?.text}`),
      title: typeof title === 'string' ? title.slice(0, fileLimits.title) : '',
      updated, level: 'network', turns: tree.turns,
      ...(tree.head === undefined ? {} : {head: tree.head}),
      ...(entry['pinned'] === true ? {pinned: true} : {}),
    },
    hidden: read.filter(({hidden}) => hidden).length,
    files: read.reduce((sum, {files}) => sum + files, 0),
  };
}

/** The messages with their ids and parents; in the older form each follows the one before it. */
function rawMessages(chat: Fields): readonly Fields[] {
  const map = mapOf(chat);
  if (map !== undefined) return Object.entries(map).map(([id, message]) => ({...fieldsOf(message), id}));
  const list: readonly unknown[] = Array.isArray(chat['messages']) ? chat['messages'] : [];
  const idAt = (index: number) => {
    const message = list[index];
    return isFields(message) && typeof message['id'] === 'string' ? message['id'] : `${index}`;
  };
  return list.map((message, index) => ({...fieldsOf(message), id: idAt(index), parentId: index === 0 ? null : idAt(index - 1)}));
}

function readMessage(message: Fields, placeholder: string): {readonly message: Message; readonly hidden: boolean; readonly files: number} {
  const {role, parentId} = message;
  const speaker = role === 'user' || role === 'assistant' ? role : undefined;
  const {text, pictures} = contentOf(message['content']);
  const files = pictures + (Array.isArray(message['files']) ? message['files'].length : 0);
  const shown = text.trim() === '' && files > 0 ? placeholder : text;
  return {
    message: {
      id: textOf(message['id'], fileLimits.id),
      parent: typeof parentId === 'string' ? parentId : undefined,
      role: speaker,
      text: speaker === undefined ? '' : shown,
      at: momentOf(message['timestamp']),
    },
    hidden: speaker === undefined && text.trim() !== '',
    files,
  };
}

/** A text, or a list of texts and pictures. */
function contentOf(content: unknown): {readonly text: string; readonly pictures: number} {
  if (typeof content === 'string') return {text: content, pictures: 0};
  if (content === undefined || content === null) return {text: '', pictures: 0};
  if (!Array.isArray(content) || content.length > fileLimits.turns) throw new BrokenRecord('no content that is known');
  const texts = content.map((part) => (isFields(part) && typeof part['text'] === 'string' ? part['text'] : undefined));
  return {text: texts.filter((text) => text !== undefined).join('\n\n'), pictures: texts.filter((text) => text === undefined).length};
}
