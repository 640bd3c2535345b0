/** Conversations as Markdown to read and to keep: the branch that is shown. Marks that no reader shows let it be read back. Pure. */
import {shownTurns} from './branches.ts';
import {countOf, fieldsOf, fileLimits, oneOf, textOf} from './file-fields.ts';
import {addressOf, levelOf} from './history-file.ts';
import type {OneRead} from './history-read.ts';
import type {Conversation, Turn} from './views.ts';

const conversationMark = '<!-- bombyx conversation ';
const turnMark = '<!-- bombyx message ';
const close = ' -->';
/** What a message must not begin a line with, or it would be taken for a mark. */
const mistakable = /^(\\*<!-- bombyx )/gm;
const escaped = /^\\(\\*<!-- bombyx )/gm;

/** The headings that people read; nothing is read back from them. */
export interface Headings {
  readonly untitled: string;
  readonly user: string;
  readonly assistant: string;
  /** Stands for each picture of a question. */
  readonly picture: string;
}

export const markdownOf = (conversations: readonly Conversation[], headings: Headings): string => conversations.map((conversation) => one(conversation, headings)).join('\n');

function one(conversation: Conversation, headings: Headings): string {
  const {id, title, updated, level, sensitive} = conversation;
  const turns = shownTurns(conversation).map((turn) => [marked(turnMark, {id: turn.id, role: turn.role, at: turn.at}), `## ${headings[turn.role]}`, '', said(turn, headings), ''].join('\n'));
  return [marked(conversationMark, {id, title, updated, level, ...(sensitive ? {sensitive} : {})}), `# ${title === '' ? headings.untitled : title.replace(/\s+/g, ' ')}`, '', ...turns].join('\n');
}

/** Its text, after a word for each of its pictures. */
const said = ({text, images = []}: Turn, {picture}: Headings): string => [...images.map(() => picture), ...(text === '' && images.length > 0 ? [] : [text])].join('\n\n').replace(mistakable, '\\$1');

/** A comment of Markdown; two hyphens would end it. */
const marked = (mark: string, facts: object): string => `${mark}${JSON.stringify(facts).replaceAll('--', '-\\u002d').replaceAll('>', '\\u003e')}${close}`;

export const isMarkdown = (text: string): boolean => text.trimStart().startsWith(conversationMark);

/** Every conversation of the file, to be read one by one. */
export function splitMarkdown(text: string): readonly (readonly string[])[] {
  const parts: string[][] = [];
  // Some editors rewrite every end of a line.
  const isRewritten = text.split('\n', 1)[0]?.endsWith('\r') === true;
  for (const line of text.split(isRewritten ? '\r\n' : '\n')) {
    if (line.startsWith(conversationMark)) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

/** @throws BrokenRecord */
export function readMarkdown(lines: readonly string[]): OneRead {
  const facts = factsOf(lines[0] ?? '', conversationMark);
  const starts = lines.flatMap((line, index) => (line.startsWith(turnMark) ? [index] : []));
  if (starts.length > fileLimits.turns) return {is: 'too-large'};
  const turns: Turn[] = [];
  for (const [place, start] of starts.entries()) {
    const {id, role, at} = factsOf(lines[start] ?? '', turnMark);
    const next = starts[place + 1] ?? lines.length;
    // A heading and an empty line stand before the text; an empty line after it, unless an editor took it from the end of the file.
    const text = lines.slice(start + 3, lines[next - 1] === '' ? next - 1 : next).join('\n').replace(escaped, '$1');
    turns.push({id: textOf(id, fileLimits.id), parent: turns.at(-1)?.id ?? null, role: oneOf(role, ['user', 'assistant']), text: textOf(text, fileLimits.text), status: 'done', at: countOf(at, 1e14)});
  }
  if (turns.length === 0) return {is: 'empty'};
  const conversation: Conversation = {
    id: addressOf(facts['id']),
    title: textOf(facts['title'], fileLimits.title),
    updated: countOf(facts['updated'], 1e14),
    level: levelOf(facts['level']),
    ...(facts['sensitive'] === true ? {sensitive: true} : {}),
    turns,
  };
  return {is: 'conversation', conversation, hidden: 0, files: 0};
}

function factsOf(line: string, mark: string) {
  const end = line.lastIndexOf(close);
  try {
    return fieldsOf(JSON.parse(line.slice(mark.length, end < 0 ? line.length : end)));
  } catch {
    return fieldsOf(undefined);
  }
}
