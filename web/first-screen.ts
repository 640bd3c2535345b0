/** What the document loads: the frame of the app and the page that needs nothing behind it; all else comes beside it, not before it. */
import './app/app-shell.ts';
import {speak} from './app/language.ts';
import {texts} from './app/texts.ts';
import './page/install-offer.ts';
import {keptLanguage} from './page/kept-language.ts';
import {languageFor} from './state/language.ts';

const frame = document.querySelector('app-shell');
const language = languageFor(keptLanguage(), navigator.languages);
if (frame && language !== 'en') {
  frame.unspoken = true;
  // Where its texts don't come, English is there.
  void speak(language).catch(() => {}).finally(() => (frame.unspoken = false));
}

import('./main.ts').catch((error: unknown) => {
  const app = document.querySelector('app-shell');
  if (app) app.failure = texts.shell.notArrived;
  console.error(error);
});
