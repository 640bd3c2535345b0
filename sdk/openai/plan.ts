/** How an answer with tools or of a format is asked for and read: the same for chat completions and for responses. */
import type {JobOf} from '#protocol/job.ts';
import {callGrammarOf, type CallGrammarOptions, jsonGrammarOf, maxFormatBytes} from './call-grammar.ts';
import {CallReader} from './call-reader.ts';
import {formatReader} from './format-reader.ts';
import {type Check, checkOf, type JsonSchema} from './json-schema.ts';
import type {ChosenModel} from './model-choice.ts';
import {type OutputReader, plainReader, reasoningReader} from './output.ts';
import {formatInstructions, toolInstructions} from './plan-words.ts';
import {badField} from './refusal.ts';
import {callClosing, callOpening, resultOpening} from './tool-words.ts';

export interface PlannedTool {
  readonly name: string;
  readonly description: string | undefined;
  readonly parameters: JsonSchema | undefined;
  /** The field that holds its `name` and `parameters`. */
  readonly param: string;
}

export interface PlannedFormat {
  /** Undefined for any object. */
  readonly schema: JsonSchema | undefined;
  readonly description: string | undefined;
  /** The field that the schema stands in. */
  readonly param: string;
}

export interface PlanAsked {
  readonly tools: readonly PlannedTool[];
  readonly choice: 'none' | 'auto' | 'required' | {readonly name: string};
  readonly parallel: boolean;
  /** Undefined for text. */
  readonly format: PlannedFormat | undefined;
  readonly stream: boolean;
  /** The caller's own stop texts. */
  readonly stop: readonly string[];
}

export type Format = NonNullable<JobOf<'chat'>['format']>;

export interface AnswerPlan {
  /** Put in front of the conversation; '' for none. */
  readonly instructions: string;
  readonly format: Format | undefined;
  /** All stop texts of the job. */
  readonly stop: readonly string[];
  /** Whether nothing is to be told before the answer is whole. */
  readonly isWhole: boolean;
  /** A reader of one answer; throws AnswerFault where it is not what was asked for. */
  reader(): OutputReader;
  /** What an answer is held to that is asked for again. */
  readonly formatAgain: Format | undefined;
}

const maxToolBytes = 64 * 1024;
/** What a job takes. */
const maxStops = 4;
const silent = (): OutputReader => ({push: () => [], end: () => []});
const isObject: Check = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : {rule: '#/type', words: 'It must be a JSON object.'});
const both = (first: Check, second: Check): Check => (value) => first(value) ?? second(value);

/** Whether an engine holds an answer to a format. */
const follows = ({entry}: ChosenModel): boolean => entry.manifest.engine !== 'transformers';
/** Whether a model may want to think first: nothing but its name says so. One that could and is not let answers worse; one that can't seldom begins to. */
const thinks = ({entry: {id, family = '', label}}: ChosenModel): boolean => /qwen3|qwq|\br1\b|think|reason|magistral/i.test([id, family, label].join(' '));

/** @throws Refusal 400 that names the field */
export function planOf(asked: PlanAsked, model: ChosenModel): AnswerPlan {
  const calling = callingOf(asked);
  return calling ? planWithCalls(asked, calling, model) : planWithoutCalls(asked, model);
}

function planWithoutCalls({format, stream, stop}: PlanAsked, model: ChosenModel): AnswerPlan {
  const common = {stop, isWhole: !stream};
  if (!format) return {...common, instructions: '', format: undefined, formatAgain: undefined, reader: () => reasoningReader(plainReader())};
  const check = formatCheck(format);
  const grammar = follows(model) ? jsonGrammarOf(format.schema ?? {type: 'object'}, {mayThink: thinks(model)}) : undefined;
  // JSON at least, where the rules of the schema would be too long.
  const held = grammarFormat(grammar) ?? (follows(model) && format.schema?.['type'] === 'object' ? ({is: 'json', text: ''} as const) : undefined);
  const holds = !stream || grammar === undefined;
  return {...common, instructions: formatInstructions({...format, hasTools: false}), format: held, formatAgain: held, reader: () => reasoningReader(formatReader(check, {holds}))};
}

function planWithCalls({format, stream, stop}: PlanAsked, calling: Calling, model: ChosenModel): AnswerPlan {
  const {tools, checks, onlyOne, isRequired} = calling;
  const check = format && formatCheck(format);
  const grammar = (instead: CallGrammarOptions['instead']) => (follows(model) ? callGrammarOf({tools, onlyOne, instead, mayThink: thinks(model)}) : undefined);
  const held = grammar(isRequired ? 'nothing' : format ? (format.schema ?? {type: 'object'}) : 'text');
  const holds = !stream || !held?.isExact;
  const stops = held ? stop : withStops(stop, onlyOne);
  const text = () => (isRequired ? silent() : check ? formatReader(check, {holds}) : plainReader());
  const endsEarly = !held && !stops.includes(callClosing);
  return {
    instructions: [toolInstructions(calling), ...(format ? [formatInstructions({...format, hasTools: true})] : [])].join('\n\n'),
    isWhole: !stream,
    stop: stops,
    format: grammarFormat(held?.text),
    formatAgain: grammarFormat((format ? held : grammar('nothing'))?.text),
    // Held to the grammar, a model that comes to the tag makes a call, also where it has not closed its thoughts.
    reader: () => reasoningReader(new CallReader({tools: checks, onlyOne, isRequired, holds, endsEarly, text: text()}), held ? {orAt: callOpening} : {}),
  };
}

/** What ends an answer that no grammar ends: its one call, and what a tool would say. That an argument holds such a tag is rare. */
const withStops = (stop: readonly string[], onlyOne: boolean): readonly string[] => [...stop, ...(onlyOne ? [callClosing] : []), resultOpening].slice(0, Math.max(stop.length, maxStops));

interface Calling {
  readonly tools: readonly PlannedTool[];
  readonly checks: ReadonlyMap<string, Check>;
  readonly onlyOne: boolean;
  readonly isRequired: boolean;
}

/** Undefined where nothing is to be called. */
function callingOf({tools, choice, parallel}: PlanAsked): Calling | undefined {
  if (tools.length === 0 && choice !== 'none' && choice !== 'auto') throw badField('tool_choice', 'There are no tools to choose from.');
  for (const [index, {name, param}] of tools.entries()) if (tools.findIndex((other) => other.name === name) !== index) throw badField(`${param}.name`, 'There is another tool of this name.');
  if (tools.length === 0 || choice === 'none') return undefined;
  const meant = typeof choice === 'string' ? tools : tools.filter(({name}) => name === choice.name);
  if (meant.length === 0) throw badField('tool_choice', 'There is no tool of this name in tools.');
  const checks = new Map(meant.map(({name, parameters = {}, param}) => [name, both(isObject, checkOf(parameters, {param: `${param}.parameters`, maxBytes: maxToolBytes}))]));
  return {tools: meant, checks, onlyOne: !parallel || typeof choice !== 'string', isRequired: choice !== 'auto'};
}

const formatCheck = ({schema, param}: PlannedFormat): Check => (schema === undefined ? isObject : checkOf(schema, {param, maxBytes: maxFormatBytes}));

const grammarFormat = (text: string | undefined): Format | undefined => (text === undefined ? undefined : {is: 'grammar', text});
