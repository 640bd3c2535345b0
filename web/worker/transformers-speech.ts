/** Speech to text under transformers.js: Whisper and its kind with times, recognisers by CTC without. */
import {AutoModelForCTC, AutoModelForSpeechSeq2Seq, AutomaticSpeechRecognitionPipeline, AutoProcessor, AutoTokenizer, type PreTrainedTokenizer} from '@huggingface/transformers';
import * as v from 'valibot';
import {audioRate, decodeAudio} from '#protocol/audio.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {type Runner, type RunnerOptions, weights} from './transformers-runner.ts';
import {turnByTurn} from './transformers-turns.ts';

/** A token of sound: 20 ms, as Whisper and wav2vec count. */
const samplesPerToken = audioRate / 50;

interface Loaded {
  readonly listen: AutomaticSpeechRecognitionPipeline;
  readonly tokenizer: PreTrainedTokenizer;
  /** Whether it writes at which times things were said. */
  readonly timed: boolean;
  /** Marks of the languages that it can be told; none where it knows one alone. */
  readonly languages: ReadonlySet<string>;
}

export async function speechRunner(options: RunnerOptions): Promise<Runner> {
  const byCtc = options.config.architectures.some((name) => name.endsWith('ForCTC'));
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const processor = await AutoProcessor.from_pretrained(modelName);
  const model = await (byCtc ? AutoModelForCTC : AutoModelForSpeechSeq2Seq).from_pretrained(modelName, weights(options));
  const listen = new AutomaticSpeechRecognitionPipeline({task: 'automatic-speech-recognition', model, tokenizer, processor});
  const {lang_to_id: languages} = v.parse(generationSchema, model.generation_config ?? {});
  const loaded = {listen, tokenizer, timed: /whisper/.test(options.config.model_type), languages: new Set(Object.keys(languages))};
  return {run: (job, signal) => transcribe(loaded, {job: onlyTasks(job, ['transcription']), signal}), dispose: () => model.dispose()};
}

const generationSchema = v.object({lang_to_id: v.nullish(v.record(v.string(), v.number()), {})});

/** What the pipeline gives; the end of the last piece is null where the model did not say it. */
const heardSchema = v.object({
  text: v.string(),
  chunks: v.optional(v.array(v.object({text: v.string(), timestamp: v.tuple([v.nullable(v.number()), v.nullable(v.number())])}))),
});

async function* transcribe({listen, tokenizer, timed, languages}: Loaded, {job, signal}: {job: EngineJobOf<'transcription'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const {language} = job;
  if (language !== undefined && languages.size > 0 && !languages.has(`<|${language}|>`)) throw new NetworkError('wrong-task', 'this model does not know the language');
  const samples = decodeAudio(job.audio);
  yield {type: 'prompt', tokens: Math.ceil(samples.length / samplesPerToken)};
  const times = timed ? {return_timestamps: true, max_new_tokens: job.maxTokens, ...(language === undefined || languages.size === 0 ? {} : {language})} : {};
  const heard = v.parse(heardSchema, await turnByTurn(listen.model, {signal, run: () => listen(samples, times)}));
  const wholeMs = Math.round((samples.length * 1000) / audioRate);
  let room = job.maxTokens;
  for (const {text, timestamp: [from, until]} of heard.chunks ?? [{text: heard.text, timestamp: [0, null]}]) {
    if (text.trim() === '') continue;
    const tokens = Math.min(room, tokenizer.encode(text, {add_special_tokens: false}).length);
    const startMs = Math.min(wholeMs, Math.round((from ?? 0) * 1000));
    yield {type: 'item', item: {startMs, endMs: Math.min(wholeMs, until === null ? wholeMs : Math.round(until * 1000)), text: text.trim()}, tokens};
    room -= tokens;
  }
  // What was cut off was not given an end.
  yield {type: 'end', reason: room === 0 || heard.chunks?.at(-1)?.timestamp[1] === null ? 'length' : 'stop'};
}
