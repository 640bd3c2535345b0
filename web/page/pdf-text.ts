/** The text of a PDF document, page by page, in a worker of our own origin; nothing of it is drawn or run. */
import {getDocument, PDFWorker} from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type {Readout} from '../state/attachment-views.ts';
import {mostBytes, problem, startOf} from './plain-text.ts';
import {trustedScriptUrl} from './trusted-urls.ts';

const mostPages = 200;

interface Page {
  getTextContent(): Promise<{readonly items: readonly ({readonly str: string; readonly hasEOL: boolean} | object)[]}>;
}

/** Rejects with what the reader says of a broken document. */
export async function readPdf(data: Uint8Array, signal: AbortSignal): Promise<Readout> {
  const port = new Worker(trustedScriptUrl(workerUrl), {type: 'module'});
  const worker = PDFWorker.create({port});
  const loading = getDocument({data, worker, useWorkerFetch: false, useWasm: false, useSystemFonts: false, disableFontFace: true, enableXfa: false, stopAtErrors: false, verbosity: 0});
  const stop = () => port.terminate();
  signal.addEventListener('abort', stop);
  try {
    const pdf = await loading.promise;
    const pages = await textOfPages({count: Math.min(pdf.numPages, mostPages), page: (number) => pdf.getPage(number) as Promise<Page>, signal});
    if (pages.text.trim() === '') return problem('no-text');
    const isWhole = pages.read === pdf.numPages;
    return {is: 'text', text: pages.text, cut: isWhole ? {is: 'whole'} : {is: 'pages', pages: pages.read, of: pdf.numPages}};
  } catch (error) {
    return problem(error instanceof Error && error.name === 'PasswordException' ? 'locked-pdf' : 'bad-pdf');
  } finally {
    signal.removeEventListener('abort', stop);
    await loading.destroy().catch(() => {});
    port.terminate();
  }
}

/** As many pages as fit, the last of them perhaps in part. */
async function textOfPages({count, page, signal}: {count: number; page(number: number): Promise<Page>; signal: AbortSignal}): Promise<{text: string; read: number}> {
  let text = '';
  let left = mostBytes;
  for (let number = 1; number <= count && !signal.aborted; number += 1) {
    const {items} = await (await page(number)).getTextContent();
    const all = `${text === '' ? '' : '\n\n'}${items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')}`;
    const fits = startOf(all, left);
    text += fits;
    left -= new TextEncoder().encode(fits).length;
    // A page that did not fit whole is not counted.
    if (fits.length < all.length) return {text, read: number - 1};
  }
  return {text, read: count};
}
