/** Every section of texts that a language must provide, by name; a text that a language lacks, or has too many, is a type error. */
import type {announce, chat, details, receipt} from './english/chat.ts';
import type {errors} from './english/errors.ts';
import type {network} from './english/network.ts';
import type {obstacles} from './english/obstacles.ts';
import type {privacy} from './english/privacy.ts';
import type {relays} from './english/relays.ts';
import type {settings} from './english/settings.ts';
import type {share} from './english/share.ts';
import type {landing, missing, shell, status, update} from './english/shell.ts';
import type {tasks} from './english/tasks.ts';
import type {wallet} from './english/wallet.ts';

export interface Sections {
  readonly announce: typeof announce;
  readonly chat: typeof chat;
  readonly details: typeof details;
  readonly errors: typeof errors;
  readonly landing: typeof landing;
  readonly missing: typeof missing;
  readonly network: typeof network;
  readonly obstacles: typeof obstacles;
  readonly privacy: typeof privacy;
  readonly receipt: typeof receipt;
  readonly relays: typeof relays;
  readonly settings: typeof settings;
  readonly share: typeof share;
  readonly shell: typeof shell;
  readonly status: typeof status;
  readonly tasks: typeof tasks;
  readonly update: typeof update;
  readonly wallet: typeof wallet;
}
