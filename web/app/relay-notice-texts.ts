/** The words around a relay's notice. They are apart from the others because they load after the first screen; a language has both. */
import {relayNotice} from './english/relay-notice.ts';

export const relayNoticeTexts = relayNotice;
