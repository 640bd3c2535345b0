/** What makes files ready for jobs; each kind's code loads with the first file of it. */
import {NetworkError} from '#protocol/errors.ts';
import type {MediaDesk} from '../state/task-files.ts';

const notArrived = (error: unknown): never => {
  throw new NetworkError('offline', 'a part of the app did not load', {cause: error});
};

export const mediaDesk: MediaDesk = {
  picture: async (file) => (await import('./pictures.ts').catch(notArrived)).pictureOf(file),
  sound: async (file, how) => (await import('./sounds.ts').catch(notArrived)).soundOf(file, how),
  film: async (file, how) => (await import('./films.ts').catch(notArrived)).filmOf(file, how),
};
