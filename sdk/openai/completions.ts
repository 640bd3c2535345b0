/** `POST /v1/completions`, which older tools ask: https://platform.openai.com/docs/api-reference/completions/create */
import * as v from 'valibot';
import {type AboutAnswer, usageOf} from './chat-shapes.ts';
import {type Exchange, freshId, json, levelHeader, secondsOf} from './exchange.ts';
import {fieldsOf, flag, jsonOf, maybe, modelField, refuseUnsupported, unsupportedWriting, whole, writingFields, writingOf} from './fields.ts';
import {headersOf} from './items.ts';
import {merged} from './merge.ts';
import {chooseModel, type ChosenModel} from './model-choice.ts';
import {plainReader} from './output.ts';
import {Provenance} from './provenance.ts';
import {badField} from './refusal.ts';
import {errorEvent, type SseEvent, sseResponse} from './sse.ts';
import {conversationJob, maxTokensOf, type Told, withSeed, write, type Writing} from './writing.ts';

/** Answers of one request; all are asked at once. */
const maxAnswers = 8;
/** As OpenAI's. */
const usualMaxTokens = 16;

const prompt = v.pipe(
  v.union([v.pipe(v.string(), v.transform((one) => [one])), v.array(v.string())], 'must be a text or a list of texts; lists of tokens are not taken, for every model has tokens of its own'),
  v.minLength(1, 'must not be empty'), v.maxLength(maxAnswers, `holds ${maxAnswers} texts at most`), v.check((texts) => !texts.includes(''), 'has an empty text'),
);
const schema = v.object({
  model: modelField, prompt, max_tokens: maybe(whole(1, 1_000_000)), n: maybe(whole(1, maxAnswers)),
  stream: flag, stream_options: maybe(v.object({include_usage: flag})), ...writingFields,
});
type CompletionRequest = v.InferOutput<typeof schema>;

/** @throws Refusal, NetworkError */
export async function completions(exchange: Exchange): Promise<Response> {
  const body = await jsonOf(exchange.request);
  refuseUnsupported(body, {...unsupportedWriting, logprobs: (value) => value !== false});
  const asked = fieldsOf(schema, body);
  if (asked.prompt.length * (asked.n ?? 1) > maxAnswers) throw badField('n', `One request has ${maxAnswers} answers at most: n for each prompt. Ask again for the others.`);
  const model = await chooseModel(exchange.options, {name: asked.model, header: levelHeader(exchange), task: 'chat'});
  const writings = asked.prompt.flatMap((text) => writingsOf(text, {asked, model}));
  const about = {id: freshId('cmpl'), created: secondsOf(exchange), model: asked.model};
  const told = merged(writings.map((writing) => write(exchange, writing)));
  const provenances = writings.map(({provenance}) => provenance);
  return asked.stream ? streamed(exchange, {told, provenances, about, usage: asked.stream_options?.include_usage === true}) : atOnce({told, provenances, about});
}

/**
 * A prompt is what a user says, and its completion the answer: what the instructed models that OpenAI still serves here make of it. The other
 * way, to let the model go on with a message of its own that begins so, comes nearer to a bare text, but callers of today write
 * instructions, which it would lengthen instead of following them; and conversations that no user begins fail with many models' templates.
 */
function writingsOf(text: string, {asked, model}: {asked: CompletionRequest; model: ChosenModel}): readonly Writing[] {
  const how = {...writingOf(asked), maxTokens: maxTokensOf(asked.max_tokens ?? usualMaxTokens, model)};
  // What a model thinks has no field in this interface; it stays in the text, where it was paid for.
  return Array.from({length: asked.n ?? 1}, (_, index) => ({model, provenance: new Provenance(model), reader: plainReader(), job: conversationJob([{role: 'user', content: text, images: []}], withSeed(how, index))}));
}

interface Answering {
  readonly told: AsyncGenerator<{readonly choice: number; readonly item: Told}, void>;
  readonly provenances: readonly Provenance[];
  readonly about: AboutAnswer;
}

const frameOf = ({id, created, model}: AboutAnswer) => ({id, object: 'text_completion', created, model, system_fingerprint: null});
const choiceOf = (index: number, {text, reason}: {text: string; reason: string | null}) => ({text, index, logprobs: null, finish_reason: reason});

async function atOnce({told, provenances, about}: Answering): Promise<Response> {
  const said = provenances.map(() => ({text: '', reason: 'stop'}));
  for await (const {choice, item} of told) {
    const answer = said[choice];
    if (answer && item.is === 'text') answer.text += item.text;
    if (answer && item.is === 'end') answer.reason = item.reason;
  }
  return json({...frameOf(about), choices: said.map((answer, index) => choiceOf(index, answer)), usage: usageOf(provenances)}, headersOf(provenances));
}

function streamed({options, asking}: Exchange, {told, provenances, about, usage}: Answering & {usage: boolean}): Promise<Response> {
  const frame = {...frameOf(about), ...(usage ? {usage: null} : {})};
  const events = async function* (): AsyncGenerator<SseEvent, void> {
    for await (const {choice, item} of told) {
      if (item.is === 'waiting') yield {comment: item.comment};
      if (item.is === 'text') yield {data: {...frame, choices: [choiceOf(choice, {text: item.text, reason: null})]}};
      if (item.is === 'end') yield {data: {...frame, choices: [choiceOf(choice, {text: '', reason: item.reason})]}};
    }
    if (usage) yield {data: {...frame, choices: [], usage: usageOf(provenances)}};
  };
  return sseResponse(events(), {clock: options.clock, asking, headers: () => headersOf(provenances), failed: errorEvent, last: '[DONE]'});
}
