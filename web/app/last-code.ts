/** The last block of code that a conversation shows. Pure. */
import type {Turn} from '../state/views.ts';
import {type Block, parseMarkdown} from './markdown.ts';

function codesIn(block: Block): readonly string[] {
  switch (block.is) {
    case 'code':
      return [block.text];
    case 'list':
      return block.items.flatMap((inner) => inner.flatMap(codesIn));
    case 'quote':
      return block.content.flatMap(codesIn);
    default:
      return [];
  }
}

export function lastCode(turns: readonly Pick<Turn, 'role' | 'text'>[]): string | undefined {
  for (const {role, text} of turns.toReversed()) {
    const code = role === 'assistant' ? parseMarkdown(text).flatMap(codesIn).at(-1) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}
