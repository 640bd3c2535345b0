/** Everything the app element is handed. */
import type {Drafts} from './drafts.ts';
import type {History} from './history-views.ts';
import type {Installation} from './installation.ts';
import type {Attachments} from './attachment-views.ts';
import type {Network} from './network-views.ts';
import type {Operator} from './operator-views.ts';
import type {OwnDevice} from './own-device-views.ts';
import type {Presets} from './presets.ts';
import type {Relays} from './relay-views.ts';
import type {RelayWordsReader} from './relay-words.ts';
import type {ShareRoom} from './share-room.ts';
import type {Pairing} from './pairing-views.ts';
import type {Redaction} from './redaction-views.ts';
import type {Tasks} from './task-views.ts';
import type {Chat, KeptModels, Settings, Share, Shell} from './views.ts';
import type {Wallet} from './wallet-views.ts';

export interface AppServices {
  readonly chat: Chat;
  readonly history: History;
  readonly tasks: Tasks;
  readonly share: Share;
  /** What belongs to sharing and loads with its page. */
  room(): Promise<ShareRoom>;
  readonly settings: Settings;
  readonly shell: Shell;
  readonly models: KeptModels;
  readonly wallet: Wallet;
  readonly relays: Relays;
  readonly network: Network;
  /** These arrive when they are asked for, after the first screen. */
  relayWords(): Promise<RelayWordsReader>;
  operator(): Promise<Operator>;
  /** Loads with its page. */
  pairing(): Promise<Pairing>;
  redaction(): Promise<Redaction>;
  readonly installation: Installation;
  readonly own: OwnDevice;
  readonly drafts: Drafts;
  readonly presets: Presets;
  attachments(): Promise<Attachments>;
}
