/** The words around a relay's notice. They are apart from the others because they load after the first screen. */
import {relayNotice} from './english/relay-notice.ts';
import {translated} from './language.ts';

export const relayNoticeTexts = translated('relayNotice', relayNotice);
