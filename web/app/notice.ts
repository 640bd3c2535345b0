/** How an element tells the person something short: the shell shows it and screen readers say it. */
import {sentenceOf} from './sentence.ts';
import {texts} from './texts.ts';

/** A short message that climbs to the shell. */
export class NoticeEvent extends Event {
  static readonly type = 'bombyx-notice';
  readonly text: string;

  constructor(text: string) {
    super(NoticeEvent.type, {bubbles: true, composed: true});
    this.text = text;
  }
}

export const tell = (host: HTMLElement, text: string): void => void host.dispatchEvent(new NoticeEvent(text));

/** Runs something that a person asked for and tells them when it fails. */
export function attempt(host: HTMLElement, work: Promise<unknown> | undefined): void {
  work?.catch((error: unknown) => tell(host, sentenceOf(error)));
}

/** Copies a text and says whether it worked. */
export async function copy(host: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(host, texts.shell.copied);
  } catch {
    tell(host, texts.shell.notCopied);
  }
}
