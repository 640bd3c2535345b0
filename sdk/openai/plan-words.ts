/** What a model is told of its tools and of the form of its answer. */
import type {JsonSchema} from './json-schema.ts';
import {callClosing, callOpening} from './tool-words.ts';

export interface ToolWords {
  readonly name: string;
  readonly description: string | undefined;
  readonly parameters: JsonSchema | undefined;
}

export interface CallWords {
  /** Those that may be called. */
  readonly tools: readonly ToolWords[];
  readonly isRequired: boolean;
  readonly onlyOne: boolean;
}

export function toolInstructions({tools, isRequired, onlyOne}: CallWords): string {
  const [only, ...others] = tools;
  const when = !isRequired ? 'Call a tool when it helps you to answer; when none does, answer in your own words.' : only && others.length === 0 ? `Call ${only.name} now, whatever was asked.` : 'Call a tool now, whatever was asked.';
  return [
    'You have tools. To call one, write its name and its arguments as JSON between these tags, and stop there:',
    `${callOpening}\n{"name": "name of the tool", "arguments": {"name of an argument": "its value"}}\n${callClosing}`,
    onlyOne ? 'Make one call at most.' : 'For several calls at once, write one such block after the other.',
    'What came of a call is given to you between <tool_response> and </tool_response>; never write that yourself.',
    when,
    `Your tools, each with the JSON schema of its arguments:\n${tools.map(toolLine).join('\n')}`,
  ].join('\n');
}

const toolLine = ({name, description, parameters}: ToolWords): string => JSON.stringify({name, ...(description === undefined ? {} : {description}), parameters: parameters ?? {type: 'object', properties: {}}});

export interface FormatWords {
  readonly schema: JsonSchema | undefined;
  readonly description: string | undefined;
  /** Whether it may call tools instead. */
  readonly hasTools: boolean;
}

export function formatInstructions({schema, description, hasTools}: FormatWords): string {
  const form = schema === undefined ? 'one JSON object' : 'JSON that fits the schema below';
  return [
    `${hasTools ? 'When you do not call a tool, answer' : 'Answer'} with ${form}, and with nothing else: no words around it, no code fence.`,
    ...(description === undefined ? [] : [`It is: ${description}`]),
    ...(schema === undefined ? [] : [`The schema: ${JSON.stringify(schema)}`]),
  ].join('\n');
}

/** Asks for the same again. */
export const repairWords = (words: string): string => `${words} Write your whole answer again without this fault, and do not speak of it.`;
