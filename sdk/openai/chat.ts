/** `POST /v1/chat/completions` */
import {plannedOf} from './chat-plan.ts';
import {type ChatRequest, chatRequestOf, type ContentPart} from './chat-request.ts';
import {ChatChunks, ChatMessages} from './chat-shapes.ts';
import {conversationOf} from './conversation.ts';
import {type Exchange, freshId, json, levelHeader, secondsOf} from './exchange.ts';
import {jsonOf, writingOf} from './fields.ts';
import {hearing} from './hearing.ts';
import {headersOf} from './items.ts';
import {merged} from './merge.ts';
import {chooseModel, type ChosenModel} from './model-choice.ts';
import {planOf} from './plan.ts';
import {type PlannedWriting, writePlanned} from './planned-writing.ts';
import {Provenance} from './provenance.ts';
import {errorEvent, sseResponse} from './sse.ts';
import {maxTokensOf, type Told, withSeed} from './writing.ts';

/** @throws Refusal, NetworkError */
export async function chatCompletions(exchange: Exchange): Promise<Response> {
  const asked = chatRequestOf(await jsonOf(exchange.request));
  const model = await chooseModel(exchange.options, {name: asked.model, header: levelHeader(exchange), task: taskOf(asked)});
  const {writings, provenances} = await writingsOf(exchange, {asked, model});
  const about = {id: freshId('chatcmpl'), created: secondsOf(exchange), model: asked.model};
  const told = merged(writings.map((writing) => writePlanned(exchange, writing)));
  return asked.stream ? streamed(exchange, {told, provenances, chunks: new ChatChunks(about, {usage: asked.stream_options?.include_usage === true})}) : whole({told, provenances, messages: new ChatMessages(about, writings.length)});
}

const hasPart = ({messages}: ChatRequest, kind: ContentPart['type']): boolean => messages.some(({content}) => Array.isArray(content) && content.some(({type}) => type === kind));

/** Pictures need a model that sees. */
export const taskOf = (asked: ChatRequest): 'image-text' | 'chat' => (hasPart(asked, 'image_url') ? 'image-text' : 'chat');

/** The answers that a conversation asks for, and where they come from: first each of them, then what was heard for them. Rejects with Refusal, NetworkError. */
export async function writingsOf(exchange: Exchange, {asked, model}: {asked: ChatRequest; model: ChosenModel}): Promise<{readonly writings: readonly PlannedWriting[]; readonly provenances: readonly Provenance[]}> {
  const plan = planOf(plannedOf(asked), model);
  const {instructions} = plan;
  // What is wrong elsewhere is told before a sound is given away.
  if (hasPart(asked, 'input_audio')) await conversationOf(asked.messages, {instructions, hear: async () => 'a sound'});
  const heard: Provenance[] = [];
  const messages = await conversationOf(asked.messages, {instructions, hear: hearing(exchange, {model, provenances: heard})});
  const how = {...writingOf(asked), maxTokens: maxTokensOf(asked.max_completion_tokens ?? asked.max_tokens, model)};
  const writings = Array.from({length: asked.n ?? 1}, (_, index) => ({model, plan, messages: [...messages], provenance: new Provenance(model), how: withSeed(how, index)}));
  return {writings, provenances: [...writings.map(({provenance}) => provenance), ...heard]};
}

type Numbered = AsyncGenerator<{readonly choice: number; readonly item: Told}, void>;

async function whole({told, provenances, messages}: {told: Numbered; provenances: readonly Provenance[]; messages: ChatMessages}): Promise<Response> {
  for await (const {choice, item} of told) messages.hear(choice, item);
  return json(messages.body(provenances), headersOf(provenances));
}

function streamed({options, asking}: Exchange, {told, provenances, chunks}: {told: Numbered; provenances: readonly Provenance[]; chunks: ChatChunks}): Promise<Response> {
  const events = async function* () {
    for await (const {choice, item} of told) yield* chunks.of(choice, item);
    yield* chunks.usage(provenances);
  };
  return sseResponse(events(), {clock: options.clock, asking, headers: () => headersOf(provenances), failed: errorEvent, last: '[DONE]'});
}
