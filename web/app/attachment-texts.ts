/** The words for files of a question. They are apart from the others because they load after the first screen. */
import {attachments} from './english/attachments.ts';
import {translated} from './language.ts';

export const attachmentTexts = translated('attachments', attachments);
