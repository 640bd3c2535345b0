/** English: what surrounds every page, and the start page. */
import {computers, jobs, plural} from './counting.ts';

export const shell = {
  name: 'Bombyx',
  title: (page: string): string => `${page} · Bombyx`,
  sharingTitle: (title: string): string => `● ${title}`,
  navigation: 'Main',
  chat: 'Chat',
  tasks: 'Tasks',
  share: 'Share GPU',
  wallet: 'Wallet',
  more: 'More',
  settings: 'Settings',
  privacy: 'Who can see what',
  network: 'The network now',
  operator: 'For the operator',
  pair: 'Pair a device',
  home: 'Bombyx, start page',
  skip: 'Skip to content',
  install: 'Install app',
  notLoaded: 'This page did not load. Check the connection and open it again.',
  notArrived: 'A part of the app did not arrive. Check the connection and load the page again. Nothing was lost.',
  failed: 'Bombyx could not start',
  insecure: 'Browsers allow encryption only on secure pages. Open this address with https, or on the computer that runs the relay as http://localhost.',
  noStore: 'This browser does not let the page keep anything, not even its keys. Allow site data for this address, or leave the private window, and reload.',
  noCatalogue: 'The list of models did not arrive. The relay may be restarting: reload the page in a moment. Nothing was lost.',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  copied: 'Copied.',
  notCopied: 'This browser did not allow copying. Nothing was copied; select the text and copy it by hand.',
};

export const missing = {
  heading: 'There is no such page',
  text: 'The address may be mistyped or old.',
  home: 'Go to the start page',
};

export const landing = {
  page: 'Start',
  heading: 'AI that runs on computers people share',
  promise: 'Ask, and one computer that your browser picked answers; or share your GPU and answer for others, all in a browser tab.',
  ask: 'Ask something',
  share: 'Share my GPU',
  factsHeading: 'Good to know',
  facts: [
    {title: 'No account, nothing to install', text: 'Any browser can ask. One with WebGPU can share its GPU.'},
    {title: 'Sealed on the way', text: 'Your question is encrypted to the one computer that answers. That computer can read it; the relay in between can’t.'},
    {title: 'A receipt for every answer', text: 'The computer signs what it did, and your browser checks it.'},
  ],
  connecting: 'Connecting to the relay…',
  offline: 'The relay can’t be reached right now.',
  outdated: 'The relay is there, but this page and the relay are of different versions: see above.',
  nobody: 'Connected. No computer offers a model right now.',
  supply: (models: number, most: number): string =>
    models === 1
      ? `Connected. One model is on offer, by ${computers(most)}.`
      : `Connected. ${plural(models, {one: 'model is', other: 'models are'})} on offer, the most common one by ${computers(most)}.`,
};

export const status = {
  menu: 'Stop sharing',
  loading: (percent: string): string => `Loading · ${percent}`,
  connecting: 'Connecting…',
  ready: (done: number): string => `Sharing · ${jobs(done)}`,
  finishing: (left: number): string => `Finishing · ${jobs(left)} left`,
  reconnecting: 'Reconnecting…',
  recovering: 'Starting again…',
  finish: 'Finish, then stop',
  finishHint: 'Takes no new jobs and ends those that run.',
  stop: 'Stop now',
  stopHint: 'Drops what runs; other computers take over.',
  open: 'Show details',
};

export const update = {
  label: 'Update',
  ready: 'Update ready. It installs when you say so.',
  outdated: 'This page is older than the relay and can’t be used with it any more. If this stays after an update, the relay’s operator has yet to publish the new version.',
  relayOutdated: 'The relay is older than this page and can’t be used with it. Its operator has to update it; your history works.',
  busy: 'Update ready. It installs after the current job.',
  waiting: 'The update installs when the current job has ended.',
  now: 'Update now',
  after: 'Update after this job',
  draftTitle: 'You have an unsent message',
  draftText: 'Updating loads the page again, and the text that you have not sent is lost.',
  draftYes: 'Update anyway',
  draftNo: 'Keep writing',
};
