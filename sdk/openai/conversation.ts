/** The messages of a request as a job's: three roles, texts and pictures. */
import type {Bytes} from '#protocol/bytes.ts';
import type {JobOf} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import type {ChatMessage, ContentPart} from './chat-request.ts';
import {imageOf} from './media.ts';
import {badField} from './refusal.ts';
import {callText, resultText} from './tool-words.ts';

type JobMessage = JobOf<'image-text'>['messages'][number];

export interface ConversationOptions {
  /** Put in front of the caller's own instructions. */
  readonly instructions?: string;
  /** What is said in a sound; the path names the field. Throws Refusal where it can't be heard. */
  hear(part: Extract<ContentPart, {type: 'input_audio'}>, path: string): Promise<string>;
}

/** @throws Refusal that names the part */
export async function conversationOf(messages: readonly ChatMessage[], {instructions = '', hear}: ConversationOptions): Promise<readonly JobMessage[]> {
  const said: JobMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`;
    const {text, images} = await contentOf(message.content ?? '', {path, hear});
    if (message.role === 'tool') addResult(said, text);
    else if (message.role === 'assistant') said.push({role: 'assistant', content: [text, ...(message.tool_calls ?? []).map(callText)].filter((piece) => piece !== '').join('\n'), images: []});
    else said.push({role: message.role === 'user' ? 'user' : 'system', content: text, images: [...images]});
    if (images.length > 0 && message.role !== 'user') throw badField(`${path}.content`, 'Pictures are taken from the user only.');
  }
  const whole = withInstructions(said, instructions).filter(({content, images}) => content !== '' || images.length > 0);
  if (whole.flatMap(({images}) => images).length > limits.maxImages) throw badField('messages', `A conversation holds ${limits.maxImages} pictures at most.`);
  if (whole.length === 0 || whole.at(-1)?.role === 'system') throw badField('messages', 'There is nothing to answer: the last message must be of the user, a tool, or the assistant (to be continued).');
  return whole;
}

/** Results of calls that were made together come together. */
function addResult(said: JobMessage[], result: string): void {
  const last = said.at(-1);
  const text = resultText(result);
  if (last?.role === 'user' && last.content.endsWith('</tool_response>')) said[said.length - 1] = {...last, content: `${last.content}\n${text}`};
  else said.push({role: 'user', content: text, images: []});
}

function withInstructions(said: readonly JobMessage[], instructions: string): readonly JobMessage[] {
  if (instructions === '') return said;
  const [first, ...others] = said;
  return first?.role === 'system' ? [{...first, content: `${first.content}\n\n${instructions}`}, ...others] : [{role: 'system', content: instructions, images: []}, ...said];
}

async function contentOf(content: string | readonly ContentPart[], {path, hear}: {path: string; hear: ConversationOptions['hear']}): Promise<{text: string; images: readonly Bytes[]}> {
  if (typeof content === 'string') return {text: content, images: []};
  const texts: string[] = [];
  const images: Bytes[] = [];
  for (const [index, part] of content.entries()) {
    const at = `${path}.content.${index}`;
    if (part.type === 'text') texts.push(part.text);
    if (part.type === 'refusal') texts.push(part.refusal);
    if (part.type === 'image_url') images.push(imageOf(part.image_url.url, `${at}.image_url.url`));
    if (part.type === 'input_audio') texts.push(await hear(part, `${at}.input_audio`));
  }
  return {text: texts.join('\n'), images};
}
