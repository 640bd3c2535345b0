/** What the document loads: the frame of the app and the page that needs nothing behind it; all else comes beside it, not before it. */
import './app/app-shell.ts';
import {texts} from './app/texts.ts';
import './page/install-offer.ts';

import('./main.ts').catch((error: unknown) => {
  const app = document.querySelector('app-shell');
  if (app) app.failure = texts.shell.notArrived;
  console.error(error);
});
