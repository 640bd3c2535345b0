/** A request for a response, parsed: https://platform.openai.com/docs/api-reference/responses/create. Nothing is kept here, so nothing earlier can be pointed at. */
import * as v from 'valibot';
import {limits} from '#protocol/limits.ts';
import {fieldsOf, flag, maybe, modelField, whole, writingFields} from './fields.ts';
import {unsupported} from './refusal.ts';

const isOf = (value: unknown, type: string): boolean => typeof value === 'object' && value !== null && 'type' in value && value.type === type;

const text = v.string('must be a text');
const part = v.variant('type', [
  v.object({type: v.picklist(['input_text', 'output_text', 'text']), text}),
  v.object({type: v.literal('refusal'), refusal: text}),
  v.object({type: v.literal('input_image'), image_url: v.string('must be a data: address; there are no files here')}),
  v.object({type: v.literal('input_audio'), input_audio: v.object({data: text, format: v.optional(text)})}),
], 'must be of type input_text, output_text, refusal, input_image or input_audio');
const content = v.union([text, v.array(part)], 'must be a text or a list of parts');

const item = v.variant('type', [
  v.object({type: v.optional(v.literal('message'), 'message'), role: v.picklist(['user', 'assistant', 'system', 'developer'], 'must be user, assistant, system or developer'), content}),
  v.object({type: v.literal('function_call'), call_id: text, name: text, arguments: text}),
  v.object({type: v.literal('function_call_output'), call_id: text, output: content}),
  v.object({type: v.literal('reasoning')}),
], 'must be a message, function_call, function_call_output or reasoning');

const anObject = v.record(v.string(), v.unknown());
const name = v.pipe(text, v.regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, _, . or -'));
const functionTool = v.object({type: v.literal('function'), name, description: maybe(text), parameters: maybe(anObject), strict: flag});
/** What a server with tools of its own would run, such as a search of the web: a model may use it and need not, so here it is left out. */
const otherTool = v.object({type: v.pipe(v.string('must be a kind of tool, such as function'), v.regex(/^[\w.-]{1,64}$/, 'must be a kind of tool, such as function'))});
const tool = v.lazy((input) => (isOf(input, 'function') ? functionTool : v.pipe(otherTool, v.transform(({type}) => ({leftOut: type})))));
const tools = v.pipe(
  v.array(tool),
  v.maxLength(128, 'holds 128 at most'),
  // `at` is the place in the request.
  v.transform((all) => ({functions: all.flatMap((each, at) => ('leftOut' in each ? [] : [{at, tool: each}])), leftOut: [...new Set(all.flatMap((each) => ('leftOut' in each ? [each.leftOut] : [])))]})),
);
const toolChoice = v.union([v.picklist(['none', 'auto', 'required']), v.object({type: v.literal('function', 'must be function; nothing else runs here'), name})], 'must be none, auto, required or a function');

const format = v.variant('type', [
  v.object({type: v.literal('text')}),
  v.object({type: v.literal('json_object')}),
  v.object({type: v.literal('json_schema'), name: text, description: maybe(text), schema: anObject, strict: flag}),
], 'must be of type text, json_object or json_schema');

const schema = v.object({
  model: modelField,
  input: v.union([v.pipe(text, v.minLength(1, 'must not be empty')), v.pipe(v.array(item), v.minLength(1, 'must not be empty'), v.maxLength(limits.maxMessages, `holds ${limits.maxMessages} at most`))], 'must be a text or a list of items'),
  instructions: maybe(text),
  max_output_tokens: maybe(whole(1, 1_000_000)),
  temperature: writingFields.temperature,
  top_p: writingFields.top_p,
  stream: flag,
  text: maybe(v.object({format: maybe(format)})),
  tools: maybe(tools),
  tool_choice: maybe(toolChoice),
  parallel_tool_calls: flag,
  metadata: maybe(v.record(v.string(), v.pipe(v.string('must be texts'), v.maxLength(512)), 'must be names and texts')),
});

export type ResponsesRequest = v.InferOutput<typeof schema>;
export type InputItem = v.InferOutput<typeof item>;
export type InputPart = v.InferOutput<typeof part>;

/** What asks for something that was kept, or is to be. */
const kept = {
  previous_response_id: 'Send the whole conversation as input.',
  conversation: 'Send the whole conversation as input.',
  background: 'Ask for it now, with stream where it takes long.',
  prompt: 'Send its text as instructions.',
};

/** @throws Refusal 400 that names the field */
export function responsesRequestOf(body: Readonly<Record<string, unknown>>): ResponsesRequest {
  for (const [field, instead] of Object.entries(kept)) if (![undefined, null, false].includes(body[field] as null)) throw unsupported(field, `${field} is not supported here: nothing is kept between two requests. ${instead}`);
  const reference = Array.isArray(body['input']) ? body['input'].findIndex((each) => isOf(each, 'item_reference')) : -1;
  if (reference >= 0) throw unsupported(`input.${reference}`, 'item_reference is not supported here: nothing is kept between two requests. Send the item itself, as the Vercel AI SDK does with the option store: false of its OpenAI provider.');
  if (typeof body['top_logprobs'] === 'number' && body['top_logprobs'] > 0) throw unsupported('top_logprobs', 'top_logprobs is not supported here: no engine of the network can follow it. Leave it out.');
  return fieldsOf(schema, body);
}
