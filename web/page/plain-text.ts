/** What of a file's bytes is text that a question may carry. Pure. */
import type {Cut, FileProblem, Readout} from '../state/attachment-views.ts';

/** Of one file, in UTF-8. */
export const mostBytes = 60_000;

export const problem = (why: FileProblem): Readout => ({is: 'problem', why});

/** The longest start of `text` that fits, without half a character. */
export function startOf(text: string, bytes: number): string {
  const {read} = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

/** The text of bytes that are the start of a file of so many; a character that the end cuts through is left out. */
export function textOf(bytes: Uint8Array, of: number): Readout {
  let text: string;
  try {
    text = new TextDecoder('utf-8', {fatal: true}).decode(bytes, {stream: bytes.length < of});
  } catch {
    return problem('not-text');
  }
  // What no text has and other files have soon.
  if (/[^\P{Cc}\s]/u.test(text)) return problem('not-text');
  if (text.trim() === '') return problem('no-text');
  const cut: Cut = bytes.length < of ? {is: 'start', bytes: bytes.length, of} : {is: 'whole'};
  return {is: 'text', text: text.replaceAll(/\r\n?/g, '\n'), cut};
}
