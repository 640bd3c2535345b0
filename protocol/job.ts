/** What travels inside the seal to the node: the job, one typed body for each task. Strangers' fields never reach an engine unchecked (docs/protocol.md, section 5). */
import {type Bytes, randomBytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {isImage} from './image.ts';
import {limits} from './limits.ts';
import type {Task} from './task.ts';
import {blob, bytes, decode, encode, list, optional, struct, text, u16, u32, variant, word, type Infer} from './wire.ts';

/** Longest stop text, bytes. */
export const maxStopBytes = 64;
const maxStops = 4;
const maxContentBytes = 256 * 1024;
/** Bytes of one encoded image: what 768 pixels a side take in good quality, twice. */
const maxImageBytes = 200 * 1024;
/** A JSON schema or a grammar takes time to compile. */
const maxFormatBytes = 16 * 1024;

const common = {
  maxTokens: u16,
  /** `stream`: fixed frames on a clock; `quiet`: one padded block at the end. */
  delivery: word(['stream', 'quiet']),
  /** Makes the commitment to this request unguessable. */
  salt: bytes(32),
};

/** How text is written, whatever it answers. */
const writing = {
  /** Thousandths; 0 is greedy. */
  temperature: u16,
  /** Thousandths of probability mass, 1..1000. */
  topP: u16,
  seed: optional(u32),
  stop: list(text(maxStopBytes), maxStops),
  /** What the answer must look like: JSON that a schema describes (an empty one: any object), or a grammar in GBNF whose first rule is `root`. */
  format: optional(struct({is: word(['json', 'grammar']), text: text(maxFormatBytes)})),
};

const role = word(['system', 'user', 'assistant']);
const image = blob(maxImageBytes);
const frame = struct({atMs: u32, image});

const fields = variant('task', {
  /** Answers a conversation. A last message by `assistant` is unfinished and is to be continued. */
  chat: struct({...common, messages: list(struct({role, content: text(maxContentBytes)}), limits.maxMessages), ...writing}),
  /** The same about images (JPEG, PNG or WebP); a message of images without a text asks for a caption. */
  'image-text': struct({...common, messages: list(struct({role, content: text(maxContentBytes), images: list(image, limits.maxImages)}), limits.maxMessages), ...writing}),
  /** A vector for each text. */
  embeddings: struct({...common, inputs: list(text(limits.maxInputBytes), limits.maxInputs)}),
  /** Speech to text: 16 kHz, one channel, 4 bits a sample (audio.ts). `language` as in ISO 639-1; without it the model finds out. */
  transcription: struct({...common, audio: blob(limits.maxAudioBytes), language: optional(text(3))}),
  /** Which label fits, and how well. Without labels of the client's the model's own are taken. */
  classify: struct({
    ...common,
    subject: variant('is', {text: struct({text: text(limits.maxInputBytes)}), image: struct({image})}),
    labels: list(text(128), limits.maxLabels),
  }),
  /** Frames of a film, which the client took out of it: a caption for each, a summary of all, or how well each fits what is searched for. */
  video: struct({...common, frames: list(frame, limits.maxImages), ask: word(['caption', 'summary', 'search']), query: text(1024)}),
});

/** A job of any task. */
export type Job = Infer<typeof fields>;
export type JobOf<T extends Task> = Extract<Job, {task: T}>;

const unsaid = {temperature: 0, topP: 1000, seed: undefined, stop: [], format: undefined, delivery: 'stream'} as const;
/** What a caller may leave out. Tasks that write nothing are bounded by what they read: one token is the least that can be matched. */
const defaults = {
  chat: {maxTokens: 512, ...unsaid},
  'image-text': {maxTokens: 512, ...unsaid},
  embeddings: {maxTokens: 1, delivery: 'stream'},
  transcription: {maxTokens: 448, delivery: 'stream', language: undefined},
  classify: {maxTokens: 1, delivery: 'stream', labels: []},
  video: {maxTokens: 1024, delivery: 'stream', query: ''},
} as const satisfies {[T in Task]: Partial<JobOf<T>>};

type Defaults<T extends Task> = keyof (typeof defaults)[T];
type InputOf<T extends Task> = Omit<JobOf<T>, 'salt' | Defaults<T>> & Partial<Omit<JobOf<T>, 'salt'>>;
/** A job as a caller says it. */
export type JobInput = {[T in Task]: {readonly task: T} & InputOf<T>}[Task];

/** A whole job from what the caller said. @throws NetworkError `bad-message` when a value is out of range */
export const makeJob = (input: JobInput): Job => requireJob({...defaults[input.task], ...input, salt: randomBytes(32)} as Job);

/** Bytes of a job. @throws NetworkError `too-large` */
export const encodeJob = (job: Job): Bytes => encode(fields, job);

/** A job from bytes that were sealed by anyone. @throws NetworkError `bad-message` */
export const decodeJob = (source: Uint8Array): Job => requireJob(decode(fields, source));

function requireJob(job: Job): Job {
  const problem = job.maxTokens < 1 || job.maxTokens > limits.maxTokens ? 'maxTokens' : problemOf(job);
  if (problem !== undefined) throw new NetworkError('bad-message', `job: ${problem}`);
  return job;
}

function problemOf(job: Job): string | undefined {
  switch (job.task) {
    case 'chat':
      return conversationProblem(job) ?? writingProblem(job);
    case 'image-text':
      return conversationProblem(job) ?? imagesProblem(job.messages.flatMap(({images}) => images)) ?? writingProblem(job);
    case 'embeddings':
      return job.inputs.length === 0 || job.inputs.includes('') ? 'an empty input' : undefined;
    case 'transcription':
      return job.audio.length === 0 ? 'no audio' : job.language !== undefined && !/^[a-z]{2,3}$/.test(job.language) ? 'language' : undefined;
    case 'classify':
      return classifyProblem(job);
    default:
      return imagesProblem(job.frames.map((each) => each.image)) ?? videoProblem(job);
  }
}

const conversationProblem = ({messages}: Pick<JobOf<'chat'>, 'messages'>): string | undefined =>
  messages.length === 0 ? 'no messages'
  : messages.at(-1)?.role === 'system' ? 'nothing to answer'
  : undefined;

const writingProblem = ({temperature, topP, stop, format}: Pick<JobOf<'chat'>, keyof typeof writing>): string | undefined =>
  temperature > 2000 ? 'temperature'
  : topP < 1 || topP > 1000 ? 'topP'
  : stop.includes('') ? 'an empty stop text'
  : format?.is === 'json' && format.text !== '' && !isSchema(format.text) ? 'not a JSON schema'
  : format?.is === 'grammar' && !/^\s*root\s*::=/m.test(format.text) ? 'a grammar without root'
  : undefined;

const imagesProblem = (images: readonly Bytes[]): string | undefined =>
  images.length === 0 ? 'no image'
  : images.length > limits.maxImages ? 'too many images'
  : images.every(isImage) ? undefined
  : 'neither JPEG, PNG nor WebP';

const classifyProblem = ({subject, labels}: JobOf<'classify'>): string | undefined =>
  subject.is === 'image' && !isImage(subject.image) ? 'neither JPEG, PNG nor WebP'
  : subject.is === 'text' && subject.text === '' ? 'nothing to classify'
  : labels.length === 1 || labels.includes('') || new Set(labels).size < labels.length ? 'labels that say nothing'
  : undefined;

const videoProblem = ({frames, ask, query}: JobOf<'video'>): string | undefined =>
  frames.some(({atMs}, index) => atMs <= (frames[index - 1]?.atMs ?? -1)) ? 'frames out of order'
  : ask === 'search' && query.trim() === '' ? 'nothing to search for'
  : undefined;

/** Levels of a schema: what walks it must not run out of stack. */
const maxSchemaDepth = 32;

function isSchema(source: string): boolean {
  try {
    const schema: unknown = JSON.parse(source);
    return typeof schema === 'object' && schema !== null && !Array.isArray(schema) && depthOf(schema) <= maxSchemaDepth;
  } catch {
    return false;
  }
}

const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
