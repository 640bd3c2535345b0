/** Reads a file of conversations, whichever app it is from: all that can be taken and what is left out, or why nothing can. Pure. */
import {BrokenRecord, fileLimits} from './file-fields.ts';
import {isChatGpt, readChatGpt} from './history-chatgpt.ts';
import {isNewer, isOurs, readOwn} from './history-file.ts';
import {isMarkdown, readMarkdown, splitMarkdown} from './history-markdown.ts';
import {isOpenWebUi, readOpenWebUi} from './history-open-webui.ts';
import {type FileReading, gather, type OneRead, type Refusal} from './history-read.ts';

export interface ReadOptions {
  readonly now: number;
  /** Stands for a message that had only pictures. */
  readonly placeholder: string;
}

const refused = (why: Refusal): FileReading => ({is: 'refused', why});

/** A broken record costs itself only. */
function attempt(read: () => OneRead): OneRead {
  try {
    return read();
  } catch (error) {
    if (error instanceof BrokenRecord) return {is: 'broken'};
    throw error;
  }
}

/** @param text of the whole file, of which no more than `fileLimits.bytes` need be read */
export function readHistory(text: string, options: ReadOptions): FileReading {
  if (text.length > fileLimits.bytes) return refused('too-large');
  if (text.startsWith('PK\u0003\u0004')) return refused('zip');
  const plain = text.replace(/^\uFEFF/, '');
  if (isMarkdown(plain)) {
    const parts = splitMarkdown(plain);
    return parts.length > fileLimits.conversations ? refused('too-many') : gather('markdown', parts.map((lines) => attempt(() => readMarkdown(lines))));
  }
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch {
    return refused('not-json');
  }
  return readJson(json, options);
}

function readJson(json: unknown, options: ReadOptions): FileReading {
  if (isOurs(json)) {
    if (isNewer(json)) return refused('newer');
    const {conversations} = json;
    if (!Array.isArray(conversations)) return refused('unknown');
    return conversations.length > fileLimits.conversations ? refused('too-many') : gather('bombyx', conversations.map((entry: unknown) => attempt(() => readOwn(entry))));
  }
  const entries: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (entries.length > fileLimits.conversations) return refused('too-many');
  // By the first that looks like one: exports have records of other kinds between them.
  if (entries.some(isChatGpt)) return gather('chatgpt', entries.map((entry) => (isChatGpt(entry) ? attempt(() => readChatGpt(entry, options)) : {is: 'broken'})));
  if (entries.some(isOpenWebUi)) return gather('open-webui', entries.map((entry) => (isOpenWebUi(entry) ? attempt(() => readOpenWebUi(entry, options)) : {is: 'broken'})));
  return refused('unknown');
}
