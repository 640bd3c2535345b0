/** The words of what shows relays, apart from the others because they load with it, not with the first screen. */
import {relays} from './english/relays.ts';
import {translated} from './language.ts';

export const relayTexts = translated('relays', relays);
