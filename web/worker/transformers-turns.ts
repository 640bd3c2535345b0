/** Lets a worker go on with its links and timers while a model computes: each run of the model waits for its turn, and leaves when its job was stopped. */
import type {PreTrainedModel} from '@huggingface/transformers';

const turns = new MessageChannel();

/** Lets timers and messages run: a model on the processor would otherwise hold the thread from its first token to its last. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turns.port1.addEventListener('message', () => resolve(), {once: true});
    turns.port1.start();
    turns.port2.postMessage(undefined);
  });
}

/** Runs what calls the model over and over, such as its own generation; rejects with the signal's reason between two runs. */
export async function turnByTurn<T>(model: PreTrainedModel, {signal, run}: {readonly signal: AbortSignal; run(): Promise<T>}): Promise<T> {
  const forward = model.forward.bind(model);
  model.forward = async (inputs) => {
    await nextTurn();
    signal.throwIfAborted();
    return forward(inputs);
  };
  try {
    return await run();
  } finally {
    model.forward = forward;
  }
}
