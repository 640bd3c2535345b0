/** The words for single messages, instructions and keys. They are apart from the others because they load when they are needed. */
import {conversation} from './english/conversation.ts';
import {translated} from './language.ts';

export const conversationTexts = translated('conversation', conversation);
