/** How an answer with tools or of a format is asked for and read: the same for chat completions and for responses. */
import type {JobOf} from '#protocol/job.ts';
import {type Beginning, callGrammarOf, jsonGrammarOf, maxFormatBytes} from './call-grammar.ts';
import {CallReader} from './call-reader.ts';
import {formatReader} from './format-reader.ts';
import {type Check, checkOf, type JsonSchema} from './json-schema.ts';
import type {ChosenModel} from './model-choice.ts';
import {type OutputReader, plainReader, reasoningReader} from './output.ts';
import {formatInstructions, toolInstructions} from './plan-words.ts';
import {badField} from './refusal.ts';
import {callClosing, callOpening} from './tool-words.ts';

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
  const {format, stream, stop} = asked;
  const check = format && formatCheck(format);
  const calling = callingOf(asked);
  const holds = !stream || !follows(model);
  const text = () => (check ? formatReader(check, {holds}) : plainReader());
  const instructions = [calling && toolInstructions(calling), format && formatInstructions({...format, hasTools: calling !== undefined})].filter((words) => words !== undefined).join('\n\n');
  const common = {instructions, isWhole: !stream};
  const beginning = {mayThink: thinks(model)};
  if (!calling) {
    const held = format && follows(model) ? formatOf(format, beginning) : undefined;
    return {...common, stop, format: held, formatAgain: held, reader: () => reasoningReader(text())};
  }
  const {tools, checks, onlyOne, isRequired} = calling;
  const grammar = (instead: Parameters<typeof callGrammarOf>[0]['instead']) => (follows(model) ? grammarFormat(callGrammarOf({tools, onlyOne, instead, ...beginning})) : undefined);
  const instead = isRequired ? 'nothing' : format ? (format.schema ?? {type: 'object'}) : 'text';
  const held = grammar(instead);
  // Where nothing holds it to one call, it stops at the end of the first; the tag may stand in an argument, but who writes it there is rare.
  const stops = !held && onlyOne && stop.length < maxStops ? [...stop, callClosing] : stop;
  const endsEarly = !held && stops === stop;
  // Held to the grammar, a model that comes to the tag makes a call, also where it has not closed its thoughts.
  const orAt = held ? {orAt: callOpening} : {};
  const reader = () => reasoningReader(new CallReader({tools: checks, onlyOne, isRequired, holds, endsEarly, text: isRequired ? silent() : text()}), orAt);
  return {...common, stop: stops, format: held, formatAgain: format ? held : grammar('nothing'), reader};
}

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

/** Any object where the rules of the schema would be too long. */
const formatOf = ({schema = {type: 'object'}}: PlannedFormat, beginning: Beginning): Format => grammarFormat(jsonGrammarOf(schema, beginning)) ?? {is: 'json', text: ''};
