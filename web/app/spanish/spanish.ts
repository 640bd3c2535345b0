/** Spanish: all sections in one chunk. */
import type {Sections} from '../sections.ts';
import {announce, chat, details, receipt} from './chat.ts';
import {errors} from './errors.ts';
import {network} from './network.ts';
import {obstacles} from './obstacles.ts';
import {privacy} from './privacy.ts';
import {relays} from './relays.ts';
import {settings} from './settings.ts';
import {share} from './share.ts';
import {landing, missing, shell, status, update} from './shell.ts';
import {tasks} from './tasks.ts';
import {wallet} from './wallet.ts';

export const spanish: Sections = {
  announce, chat, details, errors, landing, missing, network, obstacles, privacy, receipt, relays, settings, share, shell, status, tasks, update, wallet,
};
