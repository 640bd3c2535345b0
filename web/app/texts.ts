/** Every word that the first screens show, in the language that is spoken now. */
import {announce, chat, details, receipt} from './english/chat.ts';
import {errors} from './english/errors.ts';
import {list} from './english/list.ts';
import {landing, missing, shell, status, update} from './english/shell.ts';
import {wallet} from './english/wallet.ts';
import {spoken, translated} from './language.ts';

export const texts = {
  /** Numbers and dates follow it. */
  get locale(): string {
    return spoken.get().language;
  },
  /** The coin's label: one string, because the coin may be renamed. */
  coin: 'TON',
  shell: translated('shell', shell),
  missing: translated('missing', missing),
  landing: translated('landing', landing),
  status: translated('status', status),
  update: translated('update', update),
  chat: translated('chat', chat),
  receipt: translated('receipt', receipt),
  details: translated('details', details),
  announce: translated('announce', announce),
  errors: translated('errors', errors),
  wallet: translated('wallet', wallet),
  list: translated('list', list),
};
