/** The catalogue of models: data in `public/models.json`, checked here. A model's hash is the hash of its manifest, so that a name can't be swapped. */
import * as v from 'valibot';
import {toHex, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import type {ModelHash} from './ids.ts';
import {hash} from './statement.ts';

const path = v.pipe(v.string(), v.regex(/^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/, 'a relative path without dots'));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex'));

const manifest = v.variant('engine', [
  v.strictObject({
    engine: v.literal('transformers'),
    /** Where the files are, below the app's own origin. */
    folder: path,
    dtype: v.picklist(['fp32', 'fp16', 'q8', 'q4']),
    files: v.pipe(v.array(v.strictObject({path, bytes: v.pipe(v.number(), v.integer(), v.minValue(1)), sha256})), v.minLength(1), v.maxLength(64)),
  }),
  v.strictObject({
    engine: v.literal('webllm'),
    /** The id in WebLLM's own list, which names weights and compiled library for its version. */
    modelId: v.pipe(v.string(), v.maxLength(96)),
    version: v.string(),
    features: v.array(v.string()),
  }),
]);

const entry = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
  label: v.pipe(v.string(), v.maxLength(96)),
  /** Small enough to ship with the app; shows that all works, not what models can do. */
  demo: v.boolean(),
  licence: v.string(),
  downloadBytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  contextTokens: v.pipe(v.number(), v.integer(), v.minValue(16)),
  manifest,
});
const catalogue = v.strictObject({models: v.pipe(v.array(entry), v.minLength(1), v.maxLength(256))});

export type CatalogueEntry = v.InferOutput<typeof entry>;

/** The entries of a catalogue file. @throws NetworkError `bad-message` that names the first wrong field */
export function parseCatalogue(json: unknown): readonly CatalogueEntry[] {
  const parsed = v.safeParse(catalogue, json);
  if (parsed.success) return parsed.output.models;
  const issue = parsed.issues[0];
  throw new NetworkError('bad-message', `catalogue: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
}

/** SHA-256 of the manifest with its keys sorted: for a transformers model it covers every byte that the engine loads. */
export const hashOfModel = (model: Pick<CatalogueEntry, 'manifest'>): ModelHash => toHex(hash(utf8(canonical(model.manifest)))) as ModelHash;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
