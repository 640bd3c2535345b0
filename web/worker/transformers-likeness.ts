/** Images held against words under transformers.js, by models of CLIP's kind: labels for an image, and where in a film something is seen. */
import {AutoModel, AutoProcessor, AutoTokenizer, type PreTrainedModel, type PreTrainedTokenizer, type Processor, type RawImage, type Tensor} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJob, EngineJobOf} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {decodeImage, unlessBadMedia} from './transformers-image.ts';
import {numbersOf, type Runner, type RunnerOptions, scoreOf, softmax, weights} from './transformers-runner.ts';
import {turnByTurn} from './transformers-turns.ts';

/** Model types that have one space for images and words. */
export const isOfClipKind = ({model_type: type}: RunnerOptions['config']): boolean => /clip|siglip/.test(type);

/** Tokens that an image counts: its patches, at most of the usual size of 224 pixels by 16. */
const imageTokens = 196;
/** What a frame is held against that does not show what is searched for. */
const anything = 'a photo of something else';

interface Loaded {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly processor: Processor;
  /** SigLIP says for each pair alone how likely it is; CLIP only compares. */
  readonly alone: boolean;
}

export async function likenessRunner(options: RunnerOptions): Promise<Runner> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const processor = await AutoProcessor.from_pretrained(modelName);
  const model = await AutoModel.from_pretrained(modelName, weights(options));
  const loaded = {model, tokenizer, processor, alone: /siglip/.test(options.config.model_type)};
  return {run: (job, signal) => run(loaded, {job, signal}), dispose: () => model.dispose()};
}

async function* run(loaded: Loaded, {job: asked, signal}: {job: EngineJob; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const job = onlyTasks(asked, ['classify', 'video']);
  yield* job.task === 'classify' ? label(loaded, {job, signal}) : search(loaded, {job, signal});
  yield {type: 'end', reason: 'stop'};
}

async function* label(loaded: Loaded, {job, signal}: {job: EngineJobOf<'classify'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const {subject, labels} = job;
  if (subject.is !== 'image' || labels.length === 0) throw new NetworkError('wrong-task', 'this model needs an image and labels');
  const image = await decodeImage(subject.image);
  const texts = textsOf(loaded, labels.map((each) => `This is a photo of ${each}`));
  yield {type: 'prompt', tokens: imageTokens + texts.tokens};
  const logits = await compare(loaded, {texts, image, signal});
  const parts = loaded.alone ? logits.map(likely) : softmax(logits);
  for (const item of labels.map((each, index) => ({label: each, score: scoreOf(parts[index] ?? 0)})).toSorted((left, right) => right.score - left.score)) yield {type: 'item', item, tokens: 0};
}

/** Each frame is judged by itself, so that another computer can go on where one was lost. */
async function* search(loaded: Loaded, {job, signal}: {job: EngineJobOf<'video'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  if (job.ask !== 'search') throw new NetworkError('wrong-task', 'this model can only search');
  const texts = textsOf(loaded, [`a photo of ${job.query}`, anything]);
  yield {type: 'prompt', tokens: job.frames.length * imageTokens + texts.tokens};
  for (const [index, {atMs, image}] of job.frames.entries()) {
    const logits = await compare(loaded, {texts, image: await decodeImage(image), signal});
    const part = loaded.alone ? likely(logits[0] ?? 0) : (softmax(logits)[0] ?? 0);
    yield {type: 'item', item: {startMs: atMs, endMs: job.frames[index + 1]?.atMs ?? atMs, text: '', score: scoreOf(part)}, tokens: 0};
  }
}

const likely = (logit: number): number => 1 / (1 + Math.exp(-logit));

type Texts = {readonly inputs: Readonly<Record<string, Tensor>>; readonly tokens: number};

function textsOf({tokenizer, alone}: Loaded, texts: readonly string[]): Texts {
  const inputs = tokenizer([...texts], {padding: alone ? 'max_length' : true, truncation: true}) as Texts['inputs'];
  return {inputs, tokens: texts.reduce((sum, text) => sum + tokenizer.encode(text).length, 0)};
}

/** How well each text fits the image. */
async function compare({model, processor}: Loaded, {texts, image, signal}: {texts: Texts; image: RawImage; signal: AbortSignal}): Promise<readonly number[]> {
  const {pixel_values} = await unlessBadMedia(() => processor(image) as Promise<{pixel_values: Tensor}>);
  const outputs = (await turnByTurn(model, {signal, run: () => model({...texts.inputs, pixel_values})})) as {logits_per_image: Tensor};
  const logits = [...numbersOf(outputs.logits_per_image)];
  if (!logits.every(Number.isFinite)) throw new NetworkError('engine-failed', 'logits are not finite');
  return logits;
}
