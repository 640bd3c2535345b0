/** A job as WebLLM is asked for it. */
import type {ChatCompletionMessageParam, ChatCompletionRequestStreaming, ResponseFormat} from '@mlc-ai/web-llm';
import type {Bytes} from '#protocol/bytes.ts';
import {imageType} from '#protocol/image.ts';
import type {EngineJobOf} from '#protocol/roles/engine.ts';
import {captionRequest} from './film.ts';

/** What WebLLM writes text for. */
export type WritingJob = EngineJobOf<'chat' | 'image-text'>;
type Message = WritingJob['messages'][number];

export const requestOf = (job: WritingJob): ChatCompletionRequestStreaming => ({
  messages: messagesOf(job.messages),
  stream: true,
  stream_options: {include_usage: true},
  max_tokens: job.maxTokens,
  temperature: job.temperature,
  top_p: job.topP,
  ...(job.seed === undefined ? {} : {seed: job.seed}),
  ...(job.format === undefined ? {} : {response_format: formatOf(job.format)}),
});

const formatOf = ({is, text}: NonNullable<WritingJob['format']>): ResponseFormat =>
  is === 'grammar' ? {type: 'grammar', grammar: text} : {type: 'json_object', ...(text === '' ? {} : {schema: text})};

/** WebLLM takes one system message, at the start. It has no open assistant message: an answer to be continued is asked for in words. */
function messagesOf(messages: readonly Message[]): ChatCompletionMessageParam[] {
  const system = messages.filter(({role}) => role === 'system').map(({content}) => content);
  const turns = messages.filter(({role}) => role !== 'system').map(turnOf);
  return [
    ...(system.length > 0 ? [{role: 'system', content: system.join('\n\n')} as const] : []),
    ...turns,
    ...(messages.at(-1)?.role === 'assistant' ? [{role: 'user', content: 'Continue your last message exactly where it stopped. Do not repeat any of it.'} as const] : []),
  ];
}

/** Images go before the one text that a message may have. */
function turnOf(message: Message): ChatCompletionMessageParam {
  const {role, content} = message;
  if (role === 'assistant') return {role, content};
  const images = 'images' in message ? message.images : [];
  if (images.length === 0) return {role: 'user', content};
  const shown = images.map((image) => ({type: 'image_url', image_url: {url: dataUrl(image)}}) as const);
  return {role: 'user', content: [...shown, {type: 'text', text: content === '' ? captionRequest : content}]};
}

/** WebLLM knows images by address alone; this one holds the image itself. */
function dataUrl(image: Bytes): string {
  let binary = '';
  for (const byte of image) binary += String.fromCharCode(byte);
  return `data:${imageType(image) ?? 'image/jpeg'};base64,${btoa(binary)}`;
}
