/** Reads `conversations.json` of a ChatGPT export: for each conversation a tree of messages by id. Pure. */
import {BrokenRecord, type Fields, fieldsOf, fileLimits, idHere, isFields, momentOf, textOf} from './file-fields.ts';
import type {OneRead} from './history-read.ts';
import {type Message, treeOf} from './imported-tree.ts';

export const isChatGpt = (value: unknown): value is Fields => isFields(value) && isFields(value['mapping']);

/** @param now for conversations and messages without a time @param placeholder stands for a message that had only pictures */
export function readChatGpt(conversation: Fields, {now, placeholder}: {readonly now: number; readonly placeholder: string}): OneRead {
  const nodes = Object.entries(fieldsOf(conversation['mapping']));
  if (nodes.length > fileLimits.turns) return {is: 'too-large'};
  const read = nodes.map(([id, node]) => readNode(id, {node: fieldsOf(node), placeholder}));
  const current = conversation['current_node'];
  const tree = treeOf(read.map(({message}) => message), {current: typeof current === 'string' ? current : undefined, now});
  if (tree.turns.length === 0) return {is: 'empty'};
  const {id = conversation['conversation_id'], title} = conversation;
  const updated = momentOf(conversation['update_time']) ?? momentOf(conversation['create_time']) ?? tree.turns.at(-1)?.at ?? now;
  return {
    is: 'conversation',
    conversation: {
      id: idHere('chatgpt', typeof id === 'string' && id !== '' ? id : `${String(title)} ${updated}`),
      title: typeof title === 'string' ? title.slice(0, fileLimits.title) : '',
      updated, level: 'network', turns: tree.turns,
      ...(tree.head === undefined ? {} : {head: tree.head}),
    },
    hidden: read.filter(({hidden}) => hidden).length,
    files: read.reduce((sum, {files}) => sum + files, 0),
  };
}

interface ReadNode {
  readonly message: Message;
  readonly hidden: boolean;
  readonly files: number;
}

function readNode(id: string, {node, placeholder}: {readonly node: Fields; readonly placeholder: string}): ReadNode {
  const parent = typeof node['parent'] === 'string' ? node['parent'] : undefined;
  const place = {id: textOf(id, fileLimits.id), parent};
  const message = node['message'];
  // The root of each tree has none.
  if (!isFields(message)) return {message: {...place, role: undefined, text: '', at: undefined}, hidden: false, files: 0};
  const at = momentOf(message['create_time']);
  const {text, files} = contentOf(isFields(message['content']) ? message['content'] : {});
  const role = roleOf(message);
  if (role === undefined) return {message: {...place, role, text: '', at}, hidden: text.trim() !== '', files};
  return {message: {...place, role, text: text.trim() === '' && files > 0 ? placeholder : text, at}, hidden: false, files};
}

/** Who speaks, in a message that people see. */
function roleOf(message: Fields): Message['role'] {
  const metadata = isFields(message['metadata']) ? message['metadata'] : {};
  if (metadata['is_visually_hidden_from_conversation'] === true || message['weight'] === 0) return undefined;
  const content = isFields(message['content']) ? message['content']['content_type'] : undefined;
  if (content !== undefined && !['text', 'multimodal_text', 'code'].includes(String(content))) return undefined;
  const role = isFields(message['author']) ? message['author']['role'] : undefined;
  if (role === 'user') return 'user';
  // What it says to a tool is not for people.
  return role === 'assistant' && (message['recipient'] ?? 'all') === 'all' ? 'assistant' : undefined;
}

function contentOf(content: Fields): {readonly text: string; readonly files: number} {
  if (typeof content['text'] === 'string') return {text: fenced(content, content['text']), files: 0};
  const parts: readonly unknown[] = Array.isArray(content['parts']) ? content['parts'] : [];
  if (parts.length > fileLimits.turns) throw new BrokenRecord('too many parts');
  const texts = parts.map((part) => (typeof part === 'string' ? part : isFields(part) && typeof part['text'] === 'string' ? part['text'] : undefined));
  return {text: texts.filter((text) => text !== undefined && text !== '').join('\n\n'), files: texts.filter((text) => text === undefined).length};
}

const fenced = ({content_type: type, language}: Fields, text: string): string =>
  type === 'code' ? `\`\`\`${typeof language === 'string' && /^[a-z]{1,20}$/.test(language) && language !== 'unknown' ? language : ''}\n${text}\n\`\`\`` : text;
