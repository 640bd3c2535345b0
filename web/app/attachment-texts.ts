/** The words for files of a question. They are apart from the others because they load after the first screen; a language has both. */
import {attachments} from './english/attachments.ts';

export const attachmentTexts = attachments;
