/** What travels inside the seal to the node: the job. A new task is a new word and a new body; strangers' fields never reach an engine unchecked. */
import {type Bytes, randomBytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {limits} from './limits.ts';
import {bytes, decode, encode, list, optional, struct, text, u16, u32, word, type Infer} from './wire.ts';

/** Longest stop text, bytes. */
const maxStopBytes = 64;
const maxStops = 4;
const maxContentBytes = 256 * 1024;

const message = struct({role: word(['system', 'user', 'assistant']), content: text(maxContentBytes)});

const fields = struct({
  task: word(['chat']),
  messages: list(message, limits.maxMessages),
  maxTokens: u16,
  /** Thousandths; 0 is greedy. */
  temperature: u16,
  /** Thousandths of probability mass, 1..1000. */
  topP: u16,
  seed: optional(u32),
  stop: list(text(maxStopBytes), maxStops),
  /** `stream`: fixed frames on a clock; `quiet`: one padded block at the end. */
  delivery: word(['stream', 'quiet']),
  /** Makes the commitment to this request unguessable. */
  salt: bytes(32),
});

/** A chat job. A last message by `assistant` is unfinished and is to be continued. */
export type Job = Infer<typeof fields>;

/** What a caller may leave out. */
export type JobInput = Pick<Job, 'messages'> & Partial<Omit<Job, 'salt' | 'messages' | 'task'>>;

/** A whole job from what the caller said. @throws NetworkError `bad-message` when a value is out of range */
export function makeJob(input: JobInput): Job {
  return requireJob({
    task: 'chat',
    maxTokens: 512,
    temperature: 0,
    topP: 1000,
    seed: undefined,
    stop: [],
    delivery: 'stream',
    ...input,
    salt: randomBytes(32),
  });
}

/** Bytes of a job. @throws NetworkError `too-large` */
export const encodeJob = (job: Job): Bytes => encode(fields, job);

/** A job from bytes that were sealed by anyone. @throws NetworkError `bad-message` */
export const decodeJob = (source: Uint8Array): Job => requireJob(decode(fields, source));

function requireJob(job: Job): Job {
  const problem =
    job.messages.length === 0 ? 'no messages'
    : job.messages.at(-1)?.role === 'system' ? 'nothing to answer'
    : job.maxTokens < 1 || job.maxTokens > limits.maxTokens ? 'maxTokens'
    : job.temperature > 2000 ? 'temperature'
    : job.topP < 1 || job.topP > 1000 ? 'topP'
    : job.stop.includes('') ? 'an empty stop text'
    : undefined;
  if (problem !== undefined) throw new NetworkError('bad-message', `job: ${problem}`);
  return job;
}
