/** Hands conversations to the person as a file. */
import {historyFile} from '../state/history-file.ts';
import {markdownOf} from '../state/history-markdown.ts';
import type {Conversation} from '../state/views.ts';
import {download} from './download.ts';
import {historyTexts as words} from './history-texts.ts';
import {texts} from './texts.ts';

export type ExportFormat = 'json' | 'markdown';

/** @param name of what is exported; becomes part of the name of the file */
export function exportHistory(conversations: readonly Conversation[], {format, name}: {readonly format: ExportFormat; readonly name: string}): void {
  const now = Date.now();
  const file = `bombyx-${slug(name)}-${new Date(now).toISOString().slice(0, 10)}`;
  if (format === 'json') download(`${file}.json`, {text: historyFile(conversations, now), type: 'application/json'});
  else download(`${file}.md`, {text: markdownOf(conversations, {untitled: texts.chat.untitled, user: words.user, assistant: words.assistant, picture: words.picture}), type: 'text/markdown'});
}

/** What any system takes as the name of a file. */
const slug = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40).replace(/^-|-$/g, '') || 'conversation';
