/** Labels for texts under transformers.js, by models that were trained on their own labels. */
import {AutoModelForSequenceClassification, AutoTokenizer, type PreTrainedModel, type PreTrainedTokenizer, type Tensor} from '@huggingface/transformers';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {numbersOf, type Runner, type RunnerOptions, scoreOf, softmax, weights} from './transformers-runner.ts';
import {turnByTurn} from './transformers-turns.ts';

const configSchema = v.object({id2label: v.record(v.string(), v.string()), problem_type: v.nullish(v.string())});

interface Loaded {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly contextTokens: number;
  /** In the order of the model's outputs. */
  readonly labels: readonly string[];
  /** Whether several may fit at once. */
  readonly several: boolean;
}

export async function labelsRunner(options: RunnerOptions): Promise<Runner> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const model = await AutoModelForSequenceClassification.from_pretrained(modelName, weights(options));
  const {id2label, problem_type: problem} = v.parse(configSchema, model.config);
  const labels = Object.keys(id2label).map(Number).toSorted((left, right) => left - right).map((id) => id2label[id] ?? '');
  const loaded = {model, tokenizer, contextTokens: options.entry.contextTokens, labels, several: problem === 'multi_label_classification'};
  return {run: (job, signal) => classify(loaded, {job: onlyTasks(job, ['classify']), signal}), dispose: () => model.dispose()};
}

async function* classify({model, tokenizer, contextTokens, labels, several}: Loaded, {job, signal}: {job: EngineJobOf<'classify'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const {subject, labels: asked} = job;
  if (subject.is !== 'text' || asked.some((label) => !labels.includes(label))) throw new NetworkError('wrong-task', `this model knows texts and the labels ${labels.slice(0, 8).join(', ')}`);
  const inputs = tokenizer(subject.text) as {input_ids: Tensor};
  const tokens = inputs.input_ids.dims.at(-1) ?? 0;
  if (tokens > contextTokens) throw new NetworkError('too-long', `${tokens} of ${contextTokens} tokens`);
  yield {type: 'prompt', tokens};
  const {logits} = (await turnByTurn(model, {signal, run: () => model(inputs)})) as {logits: Tensor};
  const values = [...numbersOf(logits)];
  if (!values.every(Number.isFinite)) throw new NetworkError('engine-failed', 'logits are not finite');
  const parts = several ? values.map((value) => 1 / (1 + Math.exp(-value))) : softmax(values);
  const all = labels.map((label, index) => ({label, score: scoreOf(parts[index] ?? 0)})).toSorted((left, right) => right.score - left.score);
  const wanted = asked.length > 0 ? all.filter(({label}) => asked.includes(label)) : all;
  for (const item of wanted.slice(0, limits.maxLabels)) yield {type: 'item', item, tokens: 0};
  yield {type: 'end', reason: 'stop'};
}
