/** Every word that the app shows; another language is another folder whose dictionary has the type `Texts`. */
import {announce, chat, details, receipt} from './english/chat.ts';
import {locale} from './english/counting.ts';
import {list} from './english/list.ts';
import {relays} from './english/relays.ts';
import {settings} from './english/settings.ts';
import {share} from './english/share.ts';
import {landing, missing, shell, status, update} from './english/shell.ts';
import {wallet} from './english/wallet.ts';

const english = {
  /** Numbers and dates follow it. */
  locale,
  /** The coin's label: one string, because the coin may be renamed. */
  coin: 'TON',
  shell, missing, landing, status, update, chat, receipt, details, announce, share, settings, relays, wallet, list,
};

/** What a language must provide; a missing text is a type error. */
export type Texts = typeof english;

export const texts: Texts = english;
