/** Everything the app element is handed. */
import type {Attachments} from './attachment-views.ts';
import type {Network} from './network-views.ts';
import type {Operator} from './operator-views.ts';
import type {Relays} from './relay-views.ts';
import type {RelayWordsReader} from './relay-words.ts';
import type {Tasks} from './task-views.ts';
import type {Chat, KeptModels, Settings, Share, Shell} from './views.ts';
import type {Wallet} from './wallet-views.ts';

export interface AppServices {
  readonly chat: Chat;
  readonly tasks: Tasks;
  readonly share: Share;
  readonly settings: Settings;
  readonly shell: Shell;
  readonly models: KeptModels;
  readonly wallet: Wallet;
  readonly relays: Relays;
  readonly network: Network;
  /** These arrive when they are asked for, after the first screen. */
  relayWords(): Promise<RelayWordsReader>;
  operator(): Promise<Operator>;
  attachments(): Promise<Attachments>;
}
