/** Responses as OpenAI and the Open Responses specification write them: https://platform.openai.com/docs/api-reference/responses/object */
import {type AboutAnswer, usageOf} from './chat-shapes.ts';
import {writingOf} from './fields.ts';
import type {Provenance} from './provenance.ts';
import {refusalOf} from './refusal.ts';
import {ResponseItems, type Step} from './response-items.ts';
import type {ResponsesRequest} from './responses-request.ts';
import type {SseEvent} from './sse.ts';
import type {Told} from './writing.ts';

interface TellerOptions {
  readonly asked: ResponsesRequest;
  readonly about: AboutAnswer;
  readonly maxTokens: number;
  readonly provenances: readonly Provenance[];
  /** s since 1970 */
  now(): number;
}

/** Tells one response: as events while it is written, and as a whole. */
export class ResponseTeller {
  readonly #options: TellerOptions;
  readonly #items = new ResponseItems();
  #number = 0;
  #state: 'before' | 'writing' | 'ended' = 'before';
  #end: {readonly status: 'completed' | 'incomplete' | 'failed'; readonly error: object | null; readonly at: number} | undefined;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  *of(told: Told): Generator<SseEvent, void> {
    if (told.is === 'waiting') return yield {comment: told.comment};
    yield* this.#begin();
    if (told.is === 'bound') return;
    if (told.is !== 'end') return yield* this.#numbered(this.#items.push(told));
    const status = told.reason === 'length' ? 'incomplete' : 'completed';
    yield* this.#numbered(this.#items.end(status));
    yield* this.#finish(status, null);
  }

  /** How it ends when it fails: with what there is of it, where there is something. */
  *failed(error: unknown): Generator<SseEvent, void> {
    const {body} = refusalOf(error);
    const {message, code, param, type} = body.error;
    if (this.#state === 'writing') {
      yield* this.#numbered(this.#items.end('incomplete'));
      yield* this.#finish('failed', {code: type === 'rate_limit_error' ? 'rate_limit_exceeded' : 'server_error', message});
    }
    yield* this.#numbered([{type: 'error', code, message, param}]);
  }

  body(): object {
    const {asked, about, maxTokens, provenances} = this.#options;
    const {temperature, topP} = writingOf(asked);
    return {
      id: about.id, object: 'response', created_at: about.created, completed_at: this.#end?.status === 'completed' ? this.#end.at : null,
      status: this.#end?.status ?? 'in_progress', error: this.#end?.error ?? null,
      incomplete_details: this.#end?.status === 'incomplete' ? {reason: 'max_output_tokens'} : null,
      model: about.model, output: this.#items.bodies, usage: this.#end ? tokensOf(provenances) : null,
      instructions: asked.instructions ?? null, max_output_tokens: asked.max_output_tokens === undefined ? null : maxTokens, max_tool_calls: null,
      temperature: temperature / 1000, top_p: topP / 1000, presence_penalty: 0, frequency_penalty: 0, top_logprobs: 0,
      tools: (asked.tools?.functions ?? []).map(({tool: {type, name, description = null, parameters = null, strict = null}}) => ({type, name, description, parameters, strict})),
      tool_choice: asked.tool_choice ?? 'auto', parallel_tool_calls: asked.parallel_tool_calls ?? true,
      text: {format: asked.text?.format ?? {type: 'text'}}, reasoning: {effort: null, summary: null}, truncation: 'disabled', metadata: asked.metadata ?? {},
      store: false, background: false, previous_response_id: null, service_tier: 'default', safety_identifier: null, prompt_cache_key: null, user: null,
    };
  }

  *#begin(): Generator<SseEvent, void> {
    if (this.#state !== 'before') return;
    this.#state = 'writing';
    yield* this.#numbered([{type: 'response.created', response: this.body()}]);
    yield* this.#numbered([{type: 'response.in_progress', response: this.body()}]);
  }

  *#finish(status: 'completed' | 'incomplete' | 'failed', error: object | null): Generator<SseEvent, void> {
    this.#state = 'ended';
    this.#end = {status, error, at: this.#options.now()};
    yield* this.#numbered([{type: `response.${status}`, response: this.body()}]);
  }

  *#numbered(steps: Iterable<Step>): Generator<SseEvent, void> {
    for (const {type, ...more} of steps) {
      yield {event: type, data: {type, sequence_number: this.#number, ...more}};
      this.#number += 1;
    }
  }
}

/** The same counts under the names of this interface. */
function tokensOf(provenances: readonly Provenance[]): object {
  const {prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details, completion_tokens_details, bombyx} = usageOf(provenances);
  const {cached_tokens} = prompt_tokens_details;
  return {input_tokens: prompt_tokens, input_tokens_details: {cached_tokens, cache_write_tokens: 0}, output_tokens: completion_tokens, output_tokens_details: completion_tokens_details, total_tokens, bombyx};
}
