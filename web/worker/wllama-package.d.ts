/** What we use of wllama 3.8.1, in its own words. The package's declarations would bring those of Node.js into this realm. */

export interface CompletionOptions {
  readonly prompt: string;
  readonly max_tokens: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly top_k: number;
  readonly min_p: number;
  readonly seed?: number;
  /** One of the two. */
  readonly grammar?: string;
  readonly json_schema?: object;
  readonly cache_prompt: boolean;
  readonly return_progress: boolean;
  readonly timings_per_token: boolean;
  readonly n_probs?: number;
}

export interface ModelOptions {
  readonly n_ctx: number;
  readonly n_parallel: number;
  readonly kv_unified: boolean;
  readonly n_threads: number;
  readonly n_gpu_layers: number;
}

type Log = (...parts: unknown[]) => void;

export class WllamaError extends Error {}

export class Wllama {
  constructor(paths: {readonly default: string}, config: {readonly logger: {readonly debug: Log; readonly log: Log; readonly warn: Log; readonly error: Log}});
  /** null: never its build from a CDN. */
  setCompat(compat: null): void;
  loadModel(blobs: Blob[], options: ModelOptions): Promise<void>;
  getChatTemplate(): string | null;
  createCompletion(options: CompletionOptions & {readonly stream: false}): Promise<unknown>;
  /** Resolves after the last chunk. */
  createCompletion(options: CompletionOptions & {readonly stream: true; readonly abortSignal: AbortSignal; onData(chunk: unknown): void}): Promise<void>;
  exit(): Promise<void>;
}
