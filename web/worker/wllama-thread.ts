/**
 * The thread of llama.cpp, as a file of our own origin: the build puts wllama's code behind these lines (`scripts/wllama-thread.ts`).
 * wllama itself would start it from a `blob:` address, which the app's policy forbids.
 */

interface ThreadOptions {
  /** Where its wasm is, and how many threads it has, as wllama's code asks for them. */
  readonly run: object;
  /** Keeps it off the GPU. */
  readonly processorOnly: boolean;
}

const {run, processorOnly} = JSON.parse(name) as ThreadOptions;
Object.assign(globalThis, {RUN_OPTIONS: run});
if (processorOnly) Object.defineProperty(WorkerNavigator.prototype, 'gpu', {get: () => ({requestAdapter: async () => null})});
