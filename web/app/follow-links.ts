/** Takes up addresses that bring a question: that of this page, and those with which the system opens the app again while it is open. */
import type {Drafts} from '../state/drafts.ts';
import type {Chat} from '../state/views.ts';
import {linkedQuestion} from './linked-question.ts';
import {go} from './router.ts';

interface Room {
  readonly chat: Chat;
  readonly drafts: Drafts;
}

/** Begins a conversation with the text in its message box, behind what was typed there and not sent. */
function prefill({chat, drafts}: Room, text: string): void {
  const {current} = chat.view.get();
  const typed = current.turns.length === 0 ? drafts.of(current) : '';
  chat.begin();
  drafts.put(chat.view.get().current, typed === '' ? text : `${typed}\n\n${text}`);
}

/** The part of an interface that not every browser has. */
interface LaunchQueue {
  setConsumer(consumer: (launch: {readonly targetURL?: string}) => void): void;
}

export function followLinks(room: Room): void {
  const loaded = location.href;
  const open = (address: URL): void => {
    const text = linkedQuestion(address);
    if (text !== undefined) prefill(room, text);
    const path = text === undefined ? address.pathname : '/chat';
    if (path !== location.pathname) go(path);
    // Loading the page again would write it a second time.
    else if (text !== undefined) history.replaceState(null, '', path);
  };
  open(new URL(loaded));
  const {launchQueue} = globalThis as {readonly launchQueue?: LaunchQueue};
  let first = true;
  launchQueue?.setConsumer(({targetURL}) => {
    // The launch that loaded this page is told too.
    const known = first && targetURL === loaded;
    first = false;
    if (targetURL !== undefined && !known) open(new URL(targetURL, location.origin));
  });
}
