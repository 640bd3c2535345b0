/** The words about the app as an installed thing. They load with the settings. */
import {installation} from './english/installation.ts';
import {translated} from './language.ts';

export const installationTexts = translated('installation', installation);
