/** Cases of the suite: a model that knows nothing of tools calls one, and writes JSON of a schema, because the grammars leave it nothing else. */
import type {Engine} from '#protocol/roles/engine.ts';
import {callGrammarOf, jsonGrammarOf} from '#sdk/openai/call-grammar.ts';
import {CallReader} from '#sdk/openai/call-reader.ts';
import {checkOf} from '#sdk/openai/json-schema.ts';
import {plainReader} from '#sdk/openai/output.ts';
import {openSchemas, schemaCases} from '#sdk/testing/schema-cases.ts';
import {equal, hear, jobOf, type Known, must} from './engine-subject.ts';

const light = {
  type: 'object',
  properties: {
    room: {enum: ['kitchen "north"', 'hall']},
    level: {type: 'integer', minimum: 0, maximum: 9},
    on: {type: 'boolean'},
    note: {type: 'string', maxLength: 8},
    scenes: {type: 'array', items: {$ref: '#/$defs/scene'}, minItems: 1, maxItems: 2},
  },
  required: ['room', 'level', 'scenes'],
  additionalProperties: false,
  $defs: {scene: {anyOf: [{const: 'day'}, {type: 'null'}]}},
} as const;
const tools = [{name: 'set_light', parameters: light}, {name: 'clock', parameters: {type: 'object', properties: {}, additionalProperties: false}}];
const check = checkOf(light, {param: 'light', maxBytes: 9999});

const grammar = (text: string | undefined) => {
  must(text !== undefined, 'no grammar');
  return {is: 'grammar', text} as const;
};

/** Greedy and at its hottest: it calls a tool, and its reader finds the call right. */
export async function expectCall(engine: Engine, {prompt}: Known): Promise<void> {
  for (const [temperature, chosen] of [[0, tools], [2, tools.slice(0, 1)]] as const) {
    const {text, reason} = await hear(engine, jobOf(prompt, {temperature, seed: 3, maxTokens: 220, format: grammar(callGrammarOf({tools: chosen, onlyOne: true, instead: 'nothing', mayThink: false})?.text)}));
    equal(reason, 'stop', `the reason of '${text}'`);
    const reader = new CallReader({tools: new Map([['set_light', check], ['clock', () => undefined]]), onlyOne: true, isRequired: true, holds: true, endsEarly: false, text: plainReader()});
    const parts = [...reader.push(text), ...reader.end(reason)];
    equal(parts.filter(({is}) => is === 'call').length, 1, `calls in '${text}'`);
  }
}

/** At its hottest it writes JSON of each schema; what is too long for the count was taken up to there. */
export async function expectJson(engine: Engine, {prompt}: Known): Promise<void> {
  let whole = 0;
  for (const schema of [light, ...schemaCases.map(([one]) => one)]) {
    const {text, reason} = await hear(engine, jobOf(prompt, {temperature: 2, seed: 5, maxTokens: 220, format: grammar(jsonGrammarOf(schema, {mayThink: false}))}));
    if (reason === 'length') continue;
    whole += 1;
    equal(checkOf(schema, {param: 'schema', maxBytes: 9999})(JSON.parse(text))?.words, undefined, text);
  }
  must(whole > schemaCases.length / 2, `only ${whole} came to an end`);
  for (const schema of [...openSchemas, {}]) await hear(engine, jobOf(prompt, {maxTokens: 2, format: grammar(jsonGrammarOf(schema, {mayThink: true}))}));
}

/** Where a call is only allowed, it says what it always says. */
export async function expectWords(engine: Engine, {prompt, answer}: Known): Promise<void> {
  equal((await hear(engine, jobOf(prompt, {format: grammar(callGrammarOf({tools, onlyOne: false, instead: 'text', mayThink: true})?.text)}))).text, answer, prompt);
}
