/** The words of the page about the network. */
import {plural} from './counting.ts';

export const network = {
  heading: 'The network now',
  lead: 'What anybody may know of the relay of this app: how many computers are there, what they ask for, and how long one waits. Nobody’s name, address or question is in it.',
  loading: 'Asking the relay…',
  failed: 'The relay did not answer. It is asked again by itself.',
  figures: {nodes: 'Computers', idle: 'Ready for a job', running: 'Jobs that run', waiting: 'Jobs that wait', wait: 'Usual wait'},
  waitNote: 'The usual wait is the median of the last ten minutes, told from five questions on: fewer would tell of single people.',
  table: 'Models that computers offer',
  columns: {model: 'Model', nodes: 'Computers', idle: 'Ready for a job', gratis: 'Free of charge', price: 'Price of a million tokens written', wait: 'Usual wait'},
  price: (lowest: string, median: string): string => (lowest === median ? lowest : `from ${lowest}, half of them at most ${median}`),
  none: '–',
  nobody: 'No computer offers a model right now.',
  others: (nodes: number): string => `${plural(nodes, {one: 'computer offers', other: 'computers offer'})} models that this relay’s list does not have.`,
  unoffered: (models: number): string => `${plural(models, {one: 'model', other: 'models'})} of the list ${models === 1 ? 'is' : 'are'} offered by nobody now.`,
  share: 'Share a GPU',
};
