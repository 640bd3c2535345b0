/** The words of pairing. They are apart from the others because they load with its pages, not with the first screen; a language has both. */
import {pairing} from './english/pairing.ts';

export const pairingTexts = pairing;
