/** What the answers of a conversation are to be like: a system prompt and how text is written. Read with bounds, as it may come from a file or an old store. Pure. */
import {limits} from '#protocol/limits.ts';

/** Without a number the computer's usual one holds. */
export interface Instructions {
  /** Told to the model before the conversation; '' for nothing. */
  readonly system: string;
  /** Thousandths; 0 always takes the likeliest word. */
  readonly temperature?: number;
  /** Thousandths of the likeliest words that are chosen from. */
  readonly topP?: number;
  readonly maxTokens?: number;
  /** The same seed gives the same answer at the same computer. */
  readonly seed?: number;
  /** The answer ends before any of these. */
  readonly stop?: readonly string[];
}

/** Characters: a system prompt is told with every question. */
export const maxSystemLength = 16_000;
export const maxStops = 4;
const maxStopBytes = 64;

/** What each number may be, in the units of the job. */
export const ranges = {
  temperature: {least: 0, most: 2000},
  topP: {least: 1, most: 1000},
  maxTokens: {least: 1, most: limits.maxTokens},
  seed: {least: 0, most: 2 ** 32 - 1},
} as const;
export type NumberName = keyof typeof ranges;

const isWithin = (name: NumberName, value: unknown): value is number => Number.isInteger(value) && Number(value) >= ranges[name].least && Number(value) <= ranges[name].most;
const isStop = (text: unknown): text is string => typeof text === 'string' && text !== '' && new TextEncoder().encode(text).length <= maxStopBytes;

/** What of it makes sense; undefined where nothing does. */
export function readInstructions(saved: unknown): Instructions | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const {system, stop, ...numbers} = saved as Record<string, unknown>;
  const stops = Array.isArray(stop) ? stop.filter(isStop).slice(0, maxStops) : [];
  const names = Object.keys(ranges) as NumberName[];
  const read: Instructions = {
    system: typeof system === 'string' ? system.slice(0, maxSystemLength) : '',
    ...Object.fromEntries(names.flatMap((name) => (isWithin(name, numbers[name]) ? [[name, numbers[name]]] : []))),
    ...(stops.length > 0 ? {stop: stops} : {}),
  };
  return saysSomething(read) ? read : undefined;
}

const saysSomething = ({system, ...rest}: Instructions): boolean => system.trim() !== '' || Object.keys(rest).length > 0;

/** The fields of a form: numbers as they are typed, in whole units; a stop text a line. */
export type InstructionFields = Readonly<Record<NumberName | 'system' | 'stop', string>>;
export type FieldName = keyof InstructionFields;

/** Thousandths are typed as fractions. */
const scales: Readonly<Record<NumberName, number>> = {temperature: 1000, topP: 1000, maxTokens: 1, seed: 1};

export function fieldsOf(instructions: Instructions | undefined): InstructionFields {
  const number = (name: NumberName) => (instructions?.[name] === undefined ? '' : String(instructions[name] / scales[name]));
  return {
    system: instructions?.system ?? '',
    temperature: number('temperature'),
    topP: number('topP'),
    maxTokens: number('maxTokens'),
    seed: number('seed'),
    stop: (instructions?.stop ?? []).join('\n'),
  };
}

/** The instructions in a form, or which fields can't be used. Undefined instructions: nothing was said. */
export function checkFields(fields: InstructionFields): {readonly bad: readonly FieldName[]} | {readonly bad: undefined; readonly instructions: Instructions | undefined} {
  const bad: FieldName[] = fields.system.length > maxSystemLength ? ['system'] : [];
  const numbers: [string, number][] = [];
  for (const name of Object.keys(ranges) as NumberName[]) {
    const typed = fields[name].trim().replace(',', '.');
    if (typed === '') continue;
    const value = /^\d+(\.\d+)?$/.test(typed) ? Math.round(Number(typed) * scales[name] * 1e6) / 1e6 : Number.NaN;
    if (isWithin(name, value)) numbers.push([name, value]);
    else bad.push(name);
  }
  const stop = fields.stop.split('\n').filter((line) => line !== '');
  if (stop.length > maxStops || !stop.every(isStop)) bad.push('stop');
  if (bad.length > 0) return {bad};
  return {bad: undefined, instructions: readInstructions({system: fields.system, stop, ...Object.fromEntries(numbers)})};
}
