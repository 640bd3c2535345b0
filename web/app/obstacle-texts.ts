/** Why a browser can't use the GPU, and what to do. Apart from the others because it loads with the page about sharing. */
import {obstacles} from './english/obstacles.ts';
import {translated} from './language.ts';

export const obstacleTexts = translated('obstacles', obstacles);
