/** `POST /v1/embeddings`: https://platform.openai.com/docs/api-reference/embeddings/create */
import * as v from 'valibot';
import {batchesOf} from '#protocol/batches.ts';
import {utf8} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import type {Item} from '#protocol/result.ts';
import {usageOf} from './chat-shapes.ts';
import {type Exchange, json, levelHeader} from './exchange.ts';
import {fieldsOf, jsonOf, maybe, modelField, whole} from './fields.ts';
import {askItems, headersOf} from './items.ts';
import {base64From} from './media.ts';
import {chooseModel} from './model-choice.ts';
import type {Provenance} from './provenance.ts';
import {badField} from './refusal.ts';

/** As many as OpenAI takes. */
const maxTexts = 2048;

const schema = v.object({
  model: modelField,
  input: v.pipe(v.union([v.pipe(v.string(), v.transform((one) => [one])), v.array(v.string())], 'must be a text or a list of texts; lists of tokens are not taken, for every model has tokens of its own'), v.minLength(1, 'must not be empty'), v.maxLength(maxTexts, `holds ${maxTexts} texts at most`)),
  encoding_format: maybe(v.picklist(['float', 'base64'], 'must be float or base64')),
  dimensions: maybe(whole(1, limits.maxDimensions)),
});

/** @throws Refusal, NetworkError */
export async function embeddings(exchange: Exchange): Promise<Response> {
  const {model: name, input, encoding_format: format, dimensions} = fieldsOf(schema, await jsonOf(exchange.request));
  for (const [index, text] of input.entries()) requireText(text, input.length === 1 ? 'input' : `input.${index}`);
  const model = await chooseModel(exchange.options, {name, header: levelHeader(exchange), task: 'embeddings'});
  const batches = batchesOf(input);
  const provenances: Provenance[] = [];
  const vectors: Float32Array[] = [];
  for await (const told of askItems(exchange, {model, jobs: batches.map((inputs) => ({task: 'embeddings', inputs})), provenances})) {
    if (told.is !== 'items') continue;
    vectors.push(...vectorsOf(told.items, batches[told.job]?.length ?? 0));
    requireLength(vectors, dimensions);
  }
  const encode = format === 'base64' ? base64OfFloats : (vector: Float32Array) => [...vector];
  const data = vectors.map((vector, index) => ({object: 'embedding', index, embedding: encode(vector)}));
  const {prompt_tokens, total_tokens, bombyx} = usageOf(provenances);
  return json({object: 'list', data, model: name, usage: {prompt_tokens, total_tokens, bombyx}}, headersOf(provenances));
}

function requireText(text: string, param: string): void {
  if (text === '') throw badField(param, `${param} is empty; there is no vector of nothing.`);
  const {length} = utf8(text);
  if (length > limits.maxInputBytes) throw badField(param, `${param} has ${length} bytes; a text may have ${limits.maxInputBytes}. Cut it into several.`);
}

/** @throws NetworkError where a computer left some out, or gave something else */
function vectorsOf(items: readonly Item[], count: number): readonly Float32Array[] {
  const vectors = items.flatMap((item) => ('vector' in item ? [item.vector] : []));
  if (vectors.length !== count) throw new NetworkError('engine-failed', `${vectors.length} vectors for ${count} texts`);
  return vectors;
}

/** Vectors of one request are compared: they must be of one length, and of the one that is asked for. */
function requireLength([first, ...others]: readonly Float32Array[], dimensions: number | undefined): void {
  const length = first?.length ?? 0;
  if (others.some((vector) => vector.length !== length)) throw new NetworkError('engine-failed', 'vectors of several lengths');
  if (dimensions !== undefined && dimensions !== length) throw badField('dimensions', `Vectors of this model have ${length} numbers, and can't be cut to ${dimensions}. Leave dimensions out.`);
}

/** 32-bit floats, little-endian. */
function base64OfFloats(vector: Float32Array): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return base64From(new Uint8Array(view.buffer));
}
