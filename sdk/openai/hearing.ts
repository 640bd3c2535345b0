/** Sounds in a conversation: no model of the network chats about sound, so that what is said in one is written down first and put in its place. */
import {NetworkError} from '#protocol/errors.ts';
import type {ContentPart} from './chat-request.ts';
import type {Exchange} from './exchange.ts';
import {base64Of} from './media.ts';
import {type ChosenModel, isOffered, offeredModel} from './model-choice.ts';
import type {Provenance} from './provenance.ts';
import {unsupported} from './refusal.ts';
import {soundOf} from './sound.ts';
import {hear, type Line, textOf} from './speech.ts';

type SoundPart = Extract<ContentPart, {type: 'input_audio'}>;

/**
 * Asks a model that writes down speech, of those that somebody offers whom the conversation may go to.
 * @param provenances one is added for each piece of a sound. Rejects with Refusal that names the part, where nobody offers one, before anything is sent
 */
export const hearing = (exchange: Exchange, {model, provenances}: {model: ChosenModel; provenances: Provenance[]}) => async ({input_audio}: SoundPart, param: string): Promise<string> => {
  // A sound is not given away for an answer that can't come.
  if (!(await isOffered(exchange.options, model))) throw new NetworkError('no-node');
  const listener = await offeredModel(exchange.options, {task: 'transcription', like: model});
  if (!listener) throw unsupported(param, 'No model of the network chats about sound, and nobody offers one now that would write down what is said in it. Nothing was sent; send it as text.');
  const sound = await soundOf(exchange, {file: base64Of(input_audio.data, `${param}.data`), param: `${param}.data`});
  const lines: Line[] = [];
  for await (const heard of hear(exchange, {model: listener, sound, provenances})) if (heard.is === 'lines') lines.push(...heard.lines);
  return textOf(lines);
};
