/** English: what is known of the models on offer. */
import {computers, plural} from './counting.ts';

export const models = {
  heading: 'Models on offer',
  none: 'No computer offers a model right now.',
  sort: 'Sort by',
  sortings: {offer: 'Computers online', price: 'Price', size: 'Size', speed: 'Speed'},
  demo: 'demo model',
  choose: 'Choose',
  chooseNamed: (label: string): string => `Choose “${label}”`,
  chosen: 'Chosen',
  chosenNamed: (label: string): string => `Chosen: “${label}”`,
  close: 'Close',
  unknown: 'not known yet',
  terms: {
    computers: 'Computers online',
    price: 'Price',
    wait: 'Usual wait',
    measured: 'Measured in this browser',
    claimed: 'Speed by their own account',
    size: 'Size',
    context: 'Reads at most',
    fit: 'On this device',
    tasks: 'Can do',
    licence: 'Licence',
  },
  computers: (count: number, unpayable: number): string => `${computers(count)}${unpayable > 0 ? `; ${unpayable} more ${unpayable === 1 ? 'needs' : 'need'} a deposit` : ''}`,
  mine: (count: number): string => `${plural(count, {one: 'of your devices', other: 'of your devices'})}`,
  free: 'free',
  freeOf: (free: number, count: number): string => `free at ${free} of ${computers(count)}`,
  perMillion: (lowest: string, highest: string): string => (lowest === highest ? `${lowest} per million tokens` : `${lowest} to ${highest} per million tokens`),
  measured: (first: string, rate: string | undefined, answers: number): string =>
    `first word after ${first}${rate === undefined ? '' : `, ${rate} tokens/s`} (median of ${plural(answers, {one: 'answer', other: 'answers'})})`,
  claimed: (rate: string): string => `up to ${rate} tokens/s; nobody has checked it`,
  tokens: (count: string): string => `${count} tokens`,
  fits: 'It could run here.',
  kept: 'Kept in this browser.',
  keptPart: (part: string): string => `${part} of it is kept in this browser.`,
  tasks: {
    'chat': 'chat', 'image-text': 'describe pictures', 'embeddings': 'search texts', 'transcription': 'write down speech', 'classify': 'sort', 'video': 'look through films',
  },
  waitNote: 'The usual wait is published by the relay: the median of the last ten minutes, told from five questions on.',
};
