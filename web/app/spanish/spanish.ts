/** Spanish: all sections in one chunk. */
import type {Sections} from '../sections.ts';
import {attachments} from './attachments.ts';
import {announce, chat, details, receipt} from './chat.ts';
import {conversation} from './conversation.ts';
import {answerDetails} from './details.ts';
import {device} from './device.ts';
import {errors} from './errors.ts';
import {history} from './history.ts';
import {installation} from './installation.ts';
import {list} from './list.ts';
import {models} from './models.ts';
import {more} from './more.ts';
import {network} from './network.ts';
import {obstacles} from './obstacles.ts';
import {operator} from './operator.ts';
import {pairing} from './pairing.ts';
import {privacy} from './privacy.ts';
import {redaction} from './redaction.ts';
import {relayNotice} from './relay-notice.ts';
import {relays} from './relays.ts';
import {settings} from './settings.ts';
import {shareRoom} from './share-room.ts';
import {share} from './share.ts';
import {landing, missing, shell, status, update} from './shell.ts';
import {tasks} from './tasks.ts';
import {wallet} from './wallet.ts';

export const spanish: Sections = {
  announce, answerDetails, attachments, chat, conversation, details, device, errors, history, installation, landing, list, missing, models, more, network, obstacles, operator,
  pairing, privacy, receipt, redaction, relayNotice, relays, settings, share, shareRoom, shell, status, tasks, update, wallet,
};
