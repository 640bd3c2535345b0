/** A request for a chat completion, parsed: https://platform.openai.com/docs/api-reference/chat/create */
import * as v from 'valibot';
import {limits} from '#protocol/limits.ts';
import {fieldsOf, flag, maybe, modelField, refuseUnsupported, unsupportedWriting, whole, writingFields} from './fields.ts';
import {unsupported} from './refusal.ts';

const text = v.string('must be a text');
const part = v.variant('type', [
  v.object({type: v.literal('text'), text}),
  v.object({type: v.literal('refusal'), refusal: text}),
  v.object({type: v.literal('image_url'), image_url: v.object({url: text})}),
  v.object({type: v.literal('input_audio'), input_audio: v.object({data: text, format: v.optional(text)})}),
], 'is of no known type');
const content = v.union([text, v.array(part)], 'must be a text or a list of parts');
const call = v.object({id: text, type: v.optional(v.literal('function', 'must be function')), function: v.object({name: text, arguments: text})});

const message = v.variant('role', [
  v.object({role: v.picklist(['system', 'developer']), content}),
  v.object({role: v.literal('user'), content}),
  v.object({role: v.literal('assistant'), content: maybe(content), tool_calls: maybe(v.array(call))}),
  v.object({role: v.literal('tool'), content, tool_call_id: text}),
], 'must have a role: system, developer, user, assistant or tool');

const name = v.pipe(text, v.regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, _, . or -'));
const tool = v.object({
  type: v.literal('function', 'must be function'),
  function: v.object({name, description: maybe(text), parameters: maybe(v.record(v.string(), v.unknown())), strict: flag}),
});
const toolChoice = v.union([v.picklist(['none', 'auto', 'required']), v.object({type: v.literal('function'), function: v.object({name})})], 'must be none, auto, required or a function');

const responseFormat = v.variant('type', [
  v.object({type: v.literal('text')}),
  v.object({type: v.literal('json_object')}),
  v.object({type: v.literal('json_schema'), json_schema: v.object({name: text, description: maybe(text), schema: maybe(v.record(v.string(), v.unknown())), strict: flag})}),
], 'must be of type text, json_object or json_schema');

const schema = v.object({
  model: modelField,
  messages: v.pipe(v.array(message, 'must be a list'), v.minLength(1, 'must not be empty'), v.maxLength(limits.maxMessages, `holds ${limits.maxMessages} at most`)),
  stream: flag,
  stream_options: maybe(v.object({include_usage: flag})),
  max_tokens: maybe(whole(1, 1_000_000)),
  max_completion_tokens: maybe(whole(1, 1_000_000)),
  n: maybe(whole(1, 8)),
  tools: maybe(v.pipe(v.array(tool), v.maxLength(128, 'holds 128 at most'))),
  tool_choice: maybe(toolChoice),
  parallel_tool_calls: flag,
  response_format: maybe(responseFormat),
  ...writingFields,
});

export type ChatRequest = v.InferOutput<typeof schema>;
export type ChatMessage = v.InferOutput<typeof message>;
export type ContentPart = v.InferOutput<typeof part>;
export type ToolCall = v.InferOutput<typeof call>;

const always = () => true;
const hasAudio = (value: unknown): boolean => Array.isArray(value) && value.includes('audio');

/** @throws Refusal 400 that names the field */
export function chatRequestOf(body: Readonly<Record<string, unknown>>): ChatRequest {
  for (const old of ['functions', 'function_call']) if (Array.isArray(body[old]) || typeof body[old] === 'object') if (body[old] !== null) throw unsupported(old, `${old} is of the interface before 2023; send tools and tool_choice instead.`);
  refuseUnsupported(body, {...unsupportedWriting, modalities: hasAudio, audio: always, web_search_options: always});
  return fieldsOf(schema, body);
}
