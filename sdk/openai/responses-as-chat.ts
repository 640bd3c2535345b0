/** A request for a response as the same request for a chat completion: one pipeline answers both. */
import type {ChatMessage, ChatRequest, ContentPart, ToolCall} from './chat-request.ts';
import {Refusal} from './refusal.ts';
import type {InputItem, InputPart, ResponsesRequest} from './responses-request.ts';

interface AsChat {
  readonly chat: ChatRequest;
  /** The caller's names for the fields of the chat; what was refused there is told under them. */
  inItsNames(error: unknown): unknown;
}

interface Message {
  readonly message: ChatMessage;
  /** The field that it comes from. */
  readonly from: string;
}

export function asChat(asked: ResponsesRequest): AsChat {
  const {model, instructions, max_output_tokens, temperature, top_p, stream, text, tools, tool_choice, parallel_tool_calls} = asked;
  const said = messagesOf(asked.input);
  if (instructions !== undefined) said.unshift({message: {role: 'system', content: instructions}, from: 'instructions'});
  const chat: ChatRequest = {
    model, messages: said.map(({message}) => message), stream, temperature, top_p, max_completion_tokens: max_output_tokens, parallel_tool_calls,
    tools: tools?.functions.map(({tool: {type, ...about}}) => ({type, function: about})),
    tool_choice: typeof tool_choice === 'object' ? {type: 'function', function: {name: tool_choice.name}} : tool_choice,
    response_format: formatOf(text?.format),
  };
  return {chat, inItsNames: (error) => (error instanceof Refusal ? renamed(error, {said, places: tools?.functions.map(({at}) => at) ?? []}) : error)};
}

function formatOf(format: NonNullable<ResponsesRequest['text']>['format']): ChatRequest['response_format'] {
  if (format?.type !== 'json_schema') return format;
  const {type, ...about} = format;
  return {type, json_schema: about};
}

function messagesOf(input: ResponsesRequest['input']): Message[] {
  if (typeof input === 'string') return [{message: {role: 'user', content: input}, from: 'input'}];
  const said: Message[] = [];
  for (const [index, item] of input.entries()) add(said, {item, from: `input.${index}`});
  return said;
}

function add(said: Message[], {item, from}: {item: InputItem; from: string}): void {
  switch (item.type) {
    case 'message':
      said.push({message: {role: item.role, content: contentOf(item.content)} as ChatMessage, from});
      return;
    case 'function_call':
      addCall(said, {call: {id: item.call_id, type: 'function', function: {name: item.name, arguments: item.arguments}}, from});
      return;
    case 'function_call_output':
      said.push({message: {role: 'tool', tool_call_id: item.call_id, content: contentOf(item.output)}, from});
      return;
    default:
      // What a model thought is not said to it again: templates leave it out too.
  }
}

/** Calls belong to what the model said before them. */
function addCall(said: Message[], {call, from}: {call: ToolCall; from: string}): void {
  const last = said.at(-1);
  if (last?.message.role === 'assistant') said[said.length - 1] = {...last, message: {...last.message, tool_calls: [...(last.message.tool_calls ?? []), call]}};
  else said.push({message: {role: 'assistant', content: '', tool_calls: [call]}, from});
}

const contentOf = (content: string | readonly InputPart[]): string | ContentPart[] => (typeof content === 'string' ? content : content.map(partOf));

function partOf(part: InputPart): ContentPart {
  if (part.type === 'input_image') return {type: 'image_url', image_url: {url: part.image_url}};
  if (part.type === 'input_audio' || part.type === 'refusal') return part;
  return {type: 'text', text: part.text};
}

const names: Readonly<Record<string, string>> = {messages: 'input', response_format: 'text.format', max_completion_tokens: 'max_output_tokens'};

interface Origins {
  readonly said: readonly Message[];
  /** Where each tool of the chat stood in the request. */
  readonly places: readonly number[];
}

function renamed({status, body: {error}, retryAfter}: Refusal, origins: Origins): Refusal {
  const param = error.param === null ? undefined : nameOf(error.param, origins);
  return new Refusal({status, message: error.message, type: error.type, retryAfter, param, ...(error.code === null ? {} : {code: error.code})});
}

function nameOf(param: string, {said, places}: Origins): string {
  const [, message, part = ''] = /^messages\.(\d+)(\.content\.\d+)?/.exec(param) ?? [];
  if (message !== undefined) return `${said[Number(message)]?.from ?? 'input'}${part}`;
  const [, tool, rest = ''] = /^tools\.(\d+)\.function(.*)/.exec(param) ?? [];
  if (tool !== undefined) return `tools.${places[Number(tool)]}${rest}`;
  const field = Object.keys(names).find((name) => param === name || param.startsWith(`${name}.`));
  return field === undefined ? param.replace(/^tool_choice\.function/, 'tool_choice') : (names[field] ?? param);
}
