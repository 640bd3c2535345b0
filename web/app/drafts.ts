/** Text that was typed and not sent, kept while the app is open: per conversation, never stored. */
const drafts = new Map<string, string>();

export const draftOf = (conversation: string): string => drafts.get(conversation) ?? '';

export function keepDraft(conversation: string, text: string): void {
  if (text.trim() === '') drafts.delete(conversation);
  else drafts.set(conversation, text);
}

/** Whether loading the page again would lose something. */
export const hasDrafts = (): boolean => drafts.size > 0;
