/** The words for files in the message box and in questions. */
import {plural} from './counting.ts';

export const attachments = {
  add: 'Attach pictures, text or PDF files',
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
    'bad-picture': 'This picture could not be read, or is larger than 40 MB.',
    'media': 'Sound and films have a page of their own: Tasks.',
    'too-many': 'At most four files go with a message. Remove one first.',
  },
  tasks: 'Open Tasks',
  drop: 'Drop files here',
  show: (name: string, size: string): string => `${name}, ${size}`,
  picture: (bytes: string): string => `Picture, ${bytes}.`,
  notePictures: 'Pictures were made smaller, without place and camera.',
  pictureOf: (place: number, all: number): string => `Picture ${place} of ${all}`,
  back: 'Picture',
  leftOut: (count: number): string => `${plural(count, {one: 'picture has', other: 'pictures have'})} no room in this question, the oldest first, and will not be sent.`,
  lacks: {
    pictures: 'This model cannot see pictures, and no model on offer can.',
    picturesOther: (label: string): string => `This model cannot see pictures. Choose “${label}”, which can.`,
    words: 'This model only answers questions about pictures. Attach one, or choose another model.',
    wordsOther: (label: string): string => `This model only answers questions about pictures. Attach one, or choose “${label}”.`,
  },
};
