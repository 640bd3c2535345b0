/** The words of the page about the network. They are apart from the others because they load with it, not with the first screen; a language has both. */
import {network} from './english/network.ts';
import {translated} from './language.ts';

export const networkTexts = translated('network', network);
