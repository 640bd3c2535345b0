/** How an element tells the person something short: the shell shows it and screen readers say it. */
import {sentenceOf} from './sentence.ts';
import {texts} from './texts.ts';

/** What a person can still do about it. */
export interface NoticeAction {
  readonly label: string;
  act(): void;
}

/** A short message that climbs to the shell. */
export class NoticeEvent extends Event {
  static readonly type = 'bombyx-notice';
  readonly text: string;
  readonly action: NoticeAction | undefined;

  constructor(text: string, action?: NoticeAction) {
    super(NoticeEvent.type, {bubbles: true, composed: true});
    this.text = text;
    this.action = action;
  }
}

export const tell = (host: HTMLElement, text: string): void => void host.dispatchEvent(new NoticeEvent(text));

/** Tells what was done, with a way to undo it. */
export const tellWith = (host: HTMLElement, {text, ...action}: NoticeAction & {readonly text: string}): void => void host.dispatchEvent(new NoticeEvent(text, action));

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
