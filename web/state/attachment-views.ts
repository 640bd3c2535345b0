/** Files that wait in the message box: what is shown of them, and what can be done with them. */
import type {Bytes} from '#protocol/bytes.ts';
import type {Readable} from './store.ts';

/** What was left out. */
export type Cut = {readonly is: 'whole'} | {readonly is: 'start'; readonly bytes: number; readonly of: number} | {readonly is: 'pages'; readonly pages: number; readonly of: number};

/** Why a file can not be taken. */
export type FileProblem = 'not-text' | 'too-large' | 'bad-pdf' | 'locked-pdf' | 'no-text' | 'bad-picture' | 'media' | 'too-many';

/** What became of reading a file. */
export type Readout = {readonly is: 'text'; readonly text: string; readonly cut: Cut} | {readonly is: 'picture'; /** As a job carries it. */ readonly picture: Bytes} | {readonly is: 'problem'; readonly why: FileProblem};

export interface AttachmentItem {
  readonly id: number;
  readonly name: string;
  readonly state: {readonly is: 'reading'} | (Readout & {readonly is: 'text'; /** Of the text, in UTF-8. */ readonly bytes: number}) | (Readout & {readonly is: 'picture' | 'problem'});
}

export interface AttachmentsView {
  readonly items: readonly AttachmentItem[];
}

export interface Attachments {
  readonly view: Readable<AttachmentsView>;
  /** Reads files here, in this browser; nothing is sent. */
  take(files: Iterable<File>): Promise<void>;
  /** Pictures that were read before, and wait again. */
  bring(pictures: readonly Bytes[]): void;
  remove(id: number): void;
  clear(): void;
}
