/** Reads the files of the message box here, in this browser: text as it is, PDF documents by their text, pictures made small. */
import type {Readout} from '../state/attachment-views.ts';
import {createAttachments, type ReadFile} from '../state/attachments.ts';
import {mostBytes, problem, textOf} from './plain-text.ts';

const mostPdfBytes = 20_000_000;
const mostPictureBytes = 40_000_000;
/** Four of these, as many files as a question may have, fit one job beside a text. */
const pictureBounds = {side: 768, bytes: 48 * 1024};

const readFile: ReadFile = async (file, signal) => {
  if (/^(audio|video)\//.test(file.type)) return problem('media');
  try {
    if (/^image\/(?!svg)/.test(file.type)) return await readPicture(file);
    if (file.type === 'application/pdf' || /\.pdf$/i.test(file.name)) {
      if (file.size > mostPdfBytes) return problem('too-large');
      const {readPdf} = await import('./pdf-text.ts');
      return await readPdf(new Uint8Array(await file.arrayBuffer()), signal);
    }
    return textOf(new Uint8Array(await file.slice(0, mostBytes).arrayBuffer()), file.size);
  } catch {
    if (/^image\/(?!svg)/.test(file.type)) return problem('bad-picture');
    return problem(/\.pdf$/i.test(file.name) ? 'bad-pdf' : 'not-text');
  }
};

async function readPicture(file: File): Promise<Readout> {
  if (file.size > mostPictureBytes) return problem('bad-picture');
  const {pictureOf} = await import('./pictures.ts');
  return {is: 'picture', picture: (await pictureOf(file, pictureBounds)).bytes};
}

/** One for the whole page. */
export const attachments = createAttachments(readFile);
