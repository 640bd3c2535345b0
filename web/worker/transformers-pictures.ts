/** Text about images under transformers.js: questions and captions; films frame by frame, or in one summary. */
import {AutoModelForImageTextToText, AutoProcessor, type PreTrainedTokenizer, type Processor, type Tensor} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {captionRequest, watchFilm} from './film.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {decodeImage, unlessBadMedia} from './transformers-image.ts';
import {type Runner, type RunnerOptions, weights} from './transformers-runner.ts';
import {type Prompt, requireRoom, write, type Writer} from './transformers-writing.ts';

interface Seer extends Writer {
  readonly processor: Processor;
}

type Inputs = Readonly<Record<string, Tensor>> & {readonly input_ids: Tensor};
type Message = EngineJobOf<'image-text'>['messages'][number];

export async function picturesRunner(options: RunnerOptions): Promise<Runner> {
  const processor = await AutoProcessor.from_pretrained(modelName);
  const model = await AutoModelForImageTextToText.from_pretrained(modelName, weights(options));
  const seer: Seer = {model, processor, tokenizer: tokenizerOf(processor), contextTokens: options.entry.contextTokens};
  return {
    run: (asked, signal) => {
      const job = onlyTasks(asked, ['image-text', 'video']);
      return job.task === 'video' ? watchFilm(job, (scene) => look(seer, {job: scene, signal, whole: true})) : look(seer, {job, signal});
    },
    dispose: () => model.dispose(),
  };
}

function tokenizerOf({tokenizer}: Processor): PreTrainedTokenizer {
  if (!tokenizer) throw new Error('a processor without a tokenizer');
  return tokenizer;
}

/** `whole`: an image is read as one, not in tiles beside it: a film would be too many. */
async function* look(seer: Seer, {job, signal, whole = false}: {job: EngineJobOf<'image-text'>; signal: AbortSignal; whole?: boolean}): AsyncGenerator<EngineEvent, void> {
  if (job.format !== undefined) throw new NetworkError('wrong-task', 'this engine has no grammars');
  const prompt = await promptOf(seer, {messages: job.messages, whole});
  requireRoom(seer, prompt);
  yield {type: 'prompt', tokens: prompt.tokens};
  yield* write(seer, {...job, prompt, signal});
}

async function promptOf({processor}: Seer, {messages, whole}: {messages: readonly Message[]; whole: boolean}): Promise<Prompt> {
  const last = messages.at(-1);
  const open = last?.role === 'assistant' ? last.content : '';
  const asked = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
  const text = processor.apply_chat_template(asked.map((message) => templated(processor, message)), {tokenize: false, add_generation_prompt: true}) as string;
  const images = await Promise.all(messages.flatMap((message) => message.images).map(decodeImage));
  const inputs = await unlessBadMedia(() => processor(text + open, images, whole ? {do_image_splitting: false} : {}) as Promise<Inputs>);
  return {inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== 'attention_mask' && !/^(rows|cols)$/.test(name))), tokens: inputs.input_ids.dims.at(-1) ?? 0};
}

/** What a person writes can't stand for an image: there would be more places than images. */
function templated(processor: Processor, {role, content, images}: Message) {
  const mark = 'image_token' in processor && typeof processor.image_token === 'string' ? processor.image_token : '<image>';
  const text = content === '' && images.length > 0 ? captionRequest : content.replaceAll(mark, mark.split('').join(' '));
  return {role, content: [...images.map(() => ({type: 'image'})), {type: 'text', text}]} as unknown as {role: string; content: string};
}
