/** The words about the app as an installed thing. They load with the settings; a language has both. */
import {installation} from './english/installation.ts';

export const installationTexts = installation;
