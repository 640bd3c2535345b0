/** Reads the files of the message box here, in this browser: text as it is, PDF documents by their text. */
import {createAttachments, type ReadFile} from '../state/attachments.ts';
import {mostBytes, problem, textOf} from './plain-text.ts';

const mostPdfBytes = 20_000_000;

const readFile: ReadFile = async (file, signal) => {
  if (/^(image|audio|video)\//.test(file.type) && file.type !== 'image/svg+xml') return problem('media');
  try {
    if (file.type === 'application/pdf' || /\.pdf$/i.test(file.name)) {
      if (file.size > mostPdfBytes) return problem('too-large');
      const {readPdf} = await import('./pdf-text.ts');
      return await readPdf(new Uint8Array(await file.arrayBuffer()), signal);
    }
    return textOf(new Uint8Array(await file.slice(0, mostBytes).arrayBuffer()), file.size);
  } catch {
    return problem(/\.pdf$/i.test(file.name) ? 'bad-pdf' : 'not-text');
  }
};

/** One for the whole page. */
export const attachments = createAttachments(readFile);
