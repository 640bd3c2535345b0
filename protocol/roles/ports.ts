/** What the roles need of their host: a link, a clock, a model. Each port belongs to its caller and has an in-memory twin. */
import type {JobHandle} from '../ids.ts';

/** How a link is carried. */
export type LinkKind = 'websocket' | 'webrtc' | 'memory';

/** A link that carries whole frames, in order, to one other side. */
export interface Transport {
  readonly kind: LinkKind;
  /** Frames from the other side, at most `limits.maxFrameBytes` each; ends when the link is closed by either side. Read it once. */
  readonly frames: AsyncIterable<Uint8Array>;
  /** Queues a frame; does nothing after the link has closed. The frame must not be changed afterwards. */
  send(frame: Uint8Array): void;
  /** Bytes queued here and not yet taken by the network. */
  readonly buffered: number;
  /** Resolves when the link can take more without growing its queue, or has closed. */
  ready(): Promise<void>;
  /** Takes no more frames either way, hands over what was queued where the network still can, and closes. */
  close(): void;
}

/** Time, so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One message of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What an engine is asked to do. A last message by `assistant` is unfinished and is to be continued. */
export interface EngineJob {
  readonly handle: JobHandle;
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  /** 0 picks the likeliest token each time. */
  readonly temperature: number;
  readonly topP: number;
  /** The same seed gives the same text on the same device. */
  readonly seed: number | undefined;
  /** Texts that end the answer; they are not part of it. */
  readonly stop: readonly string[];
  /** What the answer must look like: a JSON schema or a grammar (EBNF), as text. No job on the wire asks for it yet, and only WebLLM can. */
  readonly format?: {readonly json: string} | {readonly grammar: string};
}

/** Why an answer ended. */
export type FinishReason = 'stop' | 'length';

/** A piece of an engine's work. `text` may be empty while a character is incomplete; `tokens` counts what it took. */
export type EngineEvent =
  | {readonly type: 'prompt'; readonly tokens: number}
  | {readonly type: 'text'; readonly text: string; readonly tokens: number}
  | {readonly type: 'end'; readonly reason: FinishReason};

/** A loaded model. First event `prompt`, then `text`..., last `end`; throws NetworkError `too-long`, `engine-failed`, `gpu-lost`. */
export interface Engine {
  /** What runs it, for people and records: "transformers.js, WebGPU, google swiftshader". */
  readonly description: string;
  /** Jobs it can run at once. */
  readonly concurrency: number;
  /** Stops within one token when the signal aborts (throws its reason) and is then free for the next job. */
  generate(job: EngineJob, signal: AbortSignal): AsyncIterable<EngineEvent>;
  dispose(): Promise<void>;
}
