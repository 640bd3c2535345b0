/** What a conversation is called on the screen. */
import type {Conversation} from '../state/views.ts';
import {texts} from './texts.ts';

export const titleOf = ({title}: Pick<Conversation, 'title'>): string => (title.trim() === '' ? texts.chat.untitled : title);
