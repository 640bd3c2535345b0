/** The words of pairing. They are apart from the others because they load with its pages, not with the first screen. */
import {pairing} from './english/pairing.ts';
import {translated} from './language.ts';

export const pairingTexts = translated('pairing', pairing);
