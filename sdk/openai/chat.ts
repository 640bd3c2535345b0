/** `POST /v1/chat/completions` */
import {type ChatRequest, chatRequestOf} from './chat-request.ts';
import {conversationOf} from './conversation.ts';
import {type Exchange, freshId, json, levelHeader, secondsOf} from './exchange.ts';
import {jsonOf, writingOf} from './fields.ts';
import {chooseModel, type ChosenModel} from './model-choice.ts';
import {plainReader, reasoningReader} from './output.ts';
import {Provenance} from './provenance.ts';
import {unsupported} from './refusal.ts';
import {errorEvent, sseResponse} from './sse.ts';
import {ChatChunks, ChatMessages} from './chat-shapes.ts';
import {merged} from './merge.ts';
import {conversationJob, maxTokensOf, type Told, write, type Writing} from './writing.ts';

/** @throws Refusal, NetworkError */
export async function chatCompletions(exchange: Exchange): Promise<Response> {
  const asked = chatRequestOf(await jsonOf(exchange.request));
  const model = await chooseModel(exchange.options, {name: asked.model, header: levelHeader(exchange), task: taskOf(asked)});
  const writings = await writingsOf(asked, model);
  const about = {id: freshId('chatcmpl'), created: secondsOf(exchange), model: asked.model};
  const told = merged(writings.map((writing) => write(exchange, writing)));
  return asked.stream ? streamed(exchange, {told, writings, chunks: new ChatChunks(about, {usage: asked.stream_options?.include_usage === true})}) : whole({told, writings, messages: new ChatMessages(about, writings.length)});
}

/** Pictures need a model that sees. */
export const taskOf = ({messages}: ChatRequest): 'image-text' | 'chat' => (messages.some(({content}) => Array.isArray(content) && content.some(({type}) => type === 'image_url')) ? 'image-text' : 'chat');

/** The answers that a conversation asks for. Rejects with Refusal. */
export async function writingsOf(asked: ChatRequest, model: ChosenModel): Promise<readonly Writing[]> {
  if (asked.tools?.length) throw unsupported('tools', 'Tools come with the next commit.');
  if (asked.response_format && asked.response_format.type !== 'text') throw unsupported('response_format', 'Formats come with the next commit.');
  const messages = await conversationOf(asked.messages, {hear: async (_, path) => {
    throw unsupported(path, 'Sound comes with the next commit.');
  }});
  const job = conversationJob([...messages], {...writingOf(asked), maxTokens: maxTokensOf(asked.max_completion_tokens ?? asked.max_tokens, model)});
  return Array.from({length: asked.n ?? 1}, (_, index) => ({
    model, provenance: new Provenance(model), reader: reasoningReader(plainReader()),
    job: index === 0 || job.task === undefined ? job : withSeed(job, index),
  }));
}

/** Answers from one seed would all be the same. */
export const withSeed = (job: Writing['job'], index: number): Writing['job'] => ('seed' in job && job.seed !== undefined ? {...job, seed: (job.seed + index) >>> 0} : job);

type Numbered = AsyncGenerator<{readonly choice: number; readonly item: Told}, void>;

async function whole({told, writings, messages}: {told: Numbered; writings: readonly Writing[]; messages: ChatMessages}): Promise<Response> {
  for await (const {choice, item} of told) messages.hear(choice, item);
  const provenances = writings.map(({provenance}) => provenance);
  return json(messages.body(provenances), provenances[0]?.headers());
}

function streamed({options, asking}: Exchange, {told, writings, chunks}: {told: Numbered; writings: readonly Writing[]; chunks: ChatChunks}): Promise<Response> {
  const provenances = writings.map(({provenance}) => provenance);
  const events = async function* () {
    for await (const {choice, item} of told) yield* chunks.of(choice, item);
    yield* chunks.usage(provenances);
  };
  return sseResponse(events(), {clock: options.clock, asking, headers: () => provenances[0]?.headers() ?? {}, failed: errorEvent, last: '[DONE]'});
}

