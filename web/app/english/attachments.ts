/** The words for files in the message box and in questions. */
import {plural} from './counting.ts';

export const attachments = {
  add: 'Attach text or PDF files',
  list: 'Files that are sent with the message',
  note: 'Read in this browser; sent, sealed like the message, when you press Send.',
  reading: 'Reading…',
  size: (bytes: string): string => `${bytes} of text`,
  start: (bytes: string, all: string): string => `Only the first ${bytes} of ${all} are sent.`,
  pages: (pages: number, all: number): string => `Only the first ${plural(pages, {one: 'page', other: 'pages'})} of ${all} are sent.`,
  partOfPage: 'Only a part of the first page is sent.',
  remove: (name: string): string => `Remove ${name}`,
  problems: {
    'not-text': 'This file is not text, so it was not taken.',
    'too-large': 'This PDF is larger than 20 MB, so it was not taken.',
    'bad-pdf': 'This PDF could not be read.',
    'locked-pdf': 'This PDF is locked with a password. Save a copy without one and attach that.',
    'no-text': 'There is no text in this file. A scanned PDF holds pictures only.',
    'media': 'Pictures, sound and films have a page of their own: Tasks.',
    'too-many': 'At most four files go with a message. Remove one first.',
  },
  tasks: 'Open Tasks',
  drop: 'Drop files here',
  show: (name: string, size: string): string => `${name}, ${size}`,
};
