/** The words of the page that lists the other places; they load with it, not with the first screen. */
import {more as english} from './english/more.ts';
import {translated} from './language.ts';

export const more = translated('more', english);
