/** Token counts of an answer while it comes. WebLLM tells them only at the end; its pipeline knows them all along. */
import type {CompletionUsage, MLCEngineInterface} from '@mlc-ai/web-llm';

export interface Counts {
  /** The prompt's count, once: as soon as it is known. */
  prompt(usage: CompletionUsage | undefined): number | undefined;
  /** A piece of text came. */
  heard(): void;
  /** Tokens since the last time. */
  take(): number;
  /** The true sum. `ended`: its last token ended the answer and is no part of it. */
  settle(usage: CompletionUsage, how: {ended: boolean}): void;
}

export function countsOf(mlc: MLCEngineInterface): Counts {
  let promptSaid = false;
  let heard = 0;
  let taken = 0;
  return {
    prompt: (usage) => {
      const tokens = promptSaid ? undefined : (usage?.prompt_tokens ?? pipelineCount(mlc, 'getCurRoundPrefillTotalTokens'));
      promptSaid ||= tokens !== undefined;
      return tokens;
    },
    heard: () => {
      // A piece may hold several tokens: those of an unfinished character wait for the next.
      heard = Math.max(heard + 1, pipelineCount(mlc, 'getCurRoundCompletionTotalTokens') ?? 0);
    },
    take: () => {
      const fresh = heard - taken;
      taken = heard;
      return fresh;
    },
    settle: (usage, {ended}) => {
      heard = Math.max(heard, usage.completion_tokens - (ended ? 1 : 0));
    },
  };
}

/** Reads a count of the one loaded pipeline. It is no part of WebLLM's interface, so its absence is nothing but a later count. */
function pipelineCount(mlc: MLCEngineInterface, name: string): number | undefined {
  const pipelines: unknown = Reflect.get(mlc, 'loadedModelIdToPipeline');
  const pipeline: unknown = pipelines instanceof Map ? pipelines.values().next().value : undefined;
  if (typeof pipeline !== 'object' || pipeline === null) return undefined;
  const read: unknown = Reflect.get(pipeline, name);
  const count: unknown = typeof read === 'function' ? Reflect.apply(read, pipeline, []) : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
