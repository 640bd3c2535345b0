/** The words of the page that lists the other places; they load with it, not with the first screen. */
import {more as words} from './english/more.ts';

export const more = words;
