/** The words for single messages, instructions and keys. They are apart from the others because they load when they are needed; a language has both. */
import {conversation} from './english/conversation.ts';

export const conversationTexts = conversation;
