/** A look at the logits of each token, for audits and for broken drivers. Off unless asked for: it copies the whole vocabulary from the GPU and back for every token. */
import type {LogitProcessor} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';

/** Hears the logits of each step before sampling; they are WebLLM's, copy what is to be kept. */
export type LogitListener = (logits: Float32Array) => void;

/** Checks that there is something to choose from, then shows the logits as they are. @throws NetworkError `engine-failed`, which ends the answer */
export const logitWatch = (listener: LogitListener = () => {}): LogitProcessor => ({
  processLogits: (logits) => {
    requireChoice(logits);
    listener(logits);
    return logits;
  },
  processSampledToken: () => {},
  resetState: () => {},
});

/** A grammar masks tokens with the lowest values; anything else that is not a number, or all the same, is a GPU that no longer computes. */
function requireChoice(logits: Float32Array): void {
  let least = Infinity;
  let most = -Infinity;
  for (const logit of logits) {
    if (Number.isNaN(logit) || logit === Infinity) throw new NetworkError('engine-failed', 'logits are not finite');
    if (logit < least) least = logit;
    if (logit > most) most = logit;
  }
  if (most === -Infinity || (least === most && logits.length > 1)) throw new NetworkError('engine-failed', 'logits are all the same');
}
