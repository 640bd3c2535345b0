/** Everything the app element is handed. */
import type {Network} from './network-views.ts';
import type {Relays} from './relay-views.ts';
import type {Pairing} from './pairing-views.ts';
import type {Redaction} from './redaction-views.ts';
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
  /** Loads with its page. */
  pairing(): Promise<Pairing>;
  redaction(): Promise<Redaction>;
}
