/** `POST /v1/responses`: stateless, whatever `store` says, for nothing is kept here. */
import {taskOf, writingsOf} from './chat.ts';
import {type Exchange, freshId, json, levelHeader, secondsOf} from './exchange.ts';
import {jsonOf} from './fields.ts';
import {headersOf} from './items.ts';
import {merged} from './merge.ts';
import {chooseModel} from './model-choice.ts';
import {ResponseTeller} from './response-shapes.ts';
import {asChat} from './responses-as-chat.ts';
import {responsesRequestOf} from './responses-request.ts';
import {type SseEvent, sseResponse} from './sse.ts';
import {writePlanned} from './planned-writing.ts';
import {maxTokensOf, type Told} from './writing.ts';

/** @throws Refusal, NetworkError */
export async function responses(exchange: Exchange): Promise<Response> {
  const asked = responsesRequestOf(await jsonOf(exchange.request));
  const {chat, inItsNames} = asChat(asked);
  const model = await chooseModel(exchange.options, {name: asked.model, header: levelHeader(exchange), task: taskOf(chat)});
  const {writings, provenances} = await writingsOf(exchange, {asked: chat, model}).catch((error: unknown) => {
    throw inItsNames(error);
  });
  const about = {id: freshId('resp', '_'), created: secondsOf(exchange), model: asked.model};
  const teller = new ResponseTeller({asked, about, maxTokens: maxTokensOf(asked.max_output_tokens, model), provenances, now: () => secondsOf(exchange)});
  const headers = () => ({...headersOf(provenances), ...(asked.tools && asked.tools.leftOut.length > 0 ? {'x-bombyx-left-out': asked.tools.leftOut.join(', ')} : {})});
  const events = tell(merged(writings.map((writing) => writePlanned(exchange, writing))), teller);
  if (asked.stream) {
    const {options: {clock}, asking} = exchange;
    // OpenAI's own interface ends without a word, Open Responses with this one; OpenAI's client takes both.
    return sseResponse(events, {clock, asking, headers, failed: (error) => [...teller.failed(error)], last: '[DONE]'});
  }
  for await (const _ of events);
  return json(teller.body(), headers());
}

async function* tell(told: AsyncIterable<{readonly item: Told}>, teller: ResponseTeller): AsyncGenerator<SseEvent, void> {
  for await (const {item} of told) yield* teller.of(item);
}
