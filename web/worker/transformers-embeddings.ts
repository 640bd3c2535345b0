/** Vectors of texts under transformers.js, and labels by them: a label fits a text as far as their vectors point the same way. */
import {AutoModel, AutoTokenizer, mean_pooling, type PreTrainedModel, type PreTrainedTokenizer, type Tensor} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {numbersOf, type Runner, type RunnerOptions, scoreOf, softmax, weights} from './transformers-runner.ts';
import {turnByTurn} from './transformers-turns.ts';

interface Loaded {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly contextTokens: number;
  readonly pooling: 'mean' | 'first' | 'last';
}

export async function embeddingsRunner(options: RunnerOptions): Promise<Runner> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const model = await AutoModel.from_pretrained(modelName, weights(options));
  const {contextTokens, manifest} = options.entry;
  const loaded = {model, tokenizer, contextTokens, pooling: manifest.pooling ?? 'mean'} as const;
  return {run: (job, signal) => run(loaded, {job, signal}), dispose: () => model.dispose()};
}

async function* run(loaded: Loaded, {job: asked, signal}: {job: EngineJob; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const job = onlyTasks(asked, ['embeddings', 'classify']);
  const texts = job.task === 'embeddings' ? job.inputs : textsOf(job);
  const inputs = texts.map((text) => tokensOf(loaded, text));
  yield {type: 'prompt', tokens: inputs.reduce((sum, {tokens}) => sum + tokens, 0)};
  const vectors: Float32Array<ArrayBuffer>[] = [];
  for (const {inputs: one} of inputs) {
    const vector = await vectorOf(loaded, {inputs: one, signal});
    if (job.task === 'embeddings') yield {type: 'item', item: {vector}, tokens: 0};
    else vectors.push(vector);
  }
  if (job.task === 'classify') for (const item of ranked(job.labels, vectors)) yield {type: 'item', item, tokens: 0};
  yield {type: 'end', reason: 'stop'};
}

/** The text and then its labels. */
function textsOf({subject, labels}: Extract<EngineJob, {task: 'classify'}>): readonly string[] {
  if (subject.is !== 'text' || labels.length === 0) throw new NetworkError('wrong-task', 'this model needs a text and labels');
  return [subject.text, ...labels];
}

/** How sharp the best label stands out: what CLIP learned for the same comparison, about. */
const sharpness = 20;

function ranked(labels: readonly string[], [text = new Float32Array(), ...vectors]: readonly Float32Array[]) {
  const parts = softmax(vectors.map((vector) => sharpness * vector.reduce((sum, value, at) => sum + value * (text[at] ?? 0), 0)));
  return labels.map((label, index) => ({label, score: scoreOf(parts[index] ?? 0)})).toSorted((left, right) => right.score - left.score);
}

type Inputs = Readonly<Record<string, Tensor>> & {readonly input_ids: Tensor; readonly attention_mask: Tensor};

function tokensOf({tokenizer, contextTokens}: Loaded, text: string): {inputs: Inputs; tokens: number} {
  const inputs = tokenizer(text) as Inputs;
  const tokens = inputs.input_ids.dims.at(-1) ?? 0;
  if (tokens > contextTokens) throw new NetworkError('too-long', `${tokens} of ${contextTokens} tokens`);
  return {inputs, tokens};
}

/** Of length 1. */
async function vectorOf({model, pooling}: Loaded, {inputs, signal}: {inputs: Inputs; signal: AbortSignal}): Promise<Float32Array<ArrayBuffer>> {
  const outputs = (await turnByTurn(model, {signal, run: () => model(inputs)})) as Record<string, Tensor | undefined>;
  const {sentence_embedding: whole, last_hidden_state: states, token_embeddings: tokens} = outputs;
  const rows = (states ?? tokens)?.to('float32');
  const pooled = whole ?? (rows && (pooling === 'mean' ? mean_pooling(rows, inputs.attention_mask) : rows.slice(null, pooling === 'first' ? 0 : -1)));
  if (!pooled) throw new NetworkError('engine-failed', 'no vectors');
  const vector = Float32Array.from(numbersOf(pooled.to('float32').normalize(2, -1)));
  if (!vector.every(Number.isFinite)) throw new NetworkError('engine-failed', 'numbers that are none');
  return vector;
}
