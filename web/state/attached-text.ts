/**
 * Files in the text of a question, as the model and the history get them: after what the person wrote, each under its name and between two fences that are
 * longer than any in it.
 *
 *   File: notes.txt
 *   ```
 *   what is in it
 *   ```
 */

export interface AttachedFile {
  readonly name: string;
  readonly text: string;
}

const mostName = 100;
const block = /(?:^|\n\n)File: ([^\n]{1,100})\n(`{3,})\n([^]*?)\n\2(?=\n\n|$)/g;

/** Whether a question carries files. */
export const hasFiles = (text: string): boolean => text.search(block) >= 0;

/** A name in one line, without what would change how the text around it reads. */
export const plainName = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(-mostName) || 'file';

/** What is sent. */
export const withFiles = (question: string, files: readonly AttachedFile[]): string => [...(question === '' ? [] : [question]), ...files.map(blockOf)].join('\n\n');

function blockOf({name, text}: AttachedFile): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({length}) => length));
  const fence = '`'.repeat(longest + 1);
  return `File: ${plainName(name)}\n${fence}\n${text}\n${fence}`;
}

/** What the person wrote, and the files, of a question that was sent. */
export function filesIn(text: string): {readonly question: string; readonly files: readonly AttachedFile[]} {
  const found = [...text.matchAll(block)];
  return {question: text.slice(0, found[0]?.index ?? text.length), files: found.map(([, name = '', , content = '']) => ({name, text: content}))};
}

/** What a conversation that begins with this question may be called: what was written, or the name of the first file. */
export function titleIn(text: string): string {
  const {question, files} = filesIn(text.trim());
  return question.trim() || (files[0]?.name ?? '');
}
