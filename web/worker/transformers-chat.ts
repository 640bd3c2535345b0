/** Conversations under transformers.js. */
import {AutoModelForCausalLM, AutoTokenizer} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {onlyTasks} from './only-tasks.ts';
import {modelName} from './transformers-files.ts';
import {type Runner, type RunnerOptions, weights} from './transformers-runner.ts';
import {requireRoom, textPrompt, write, type Writer} from './transformers-writing.ts';

export async function chatRunner(options: RunnerOptions): Promise<Runner> {
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const model = await AutoModelForCausalLM.from_pretrained(modelName, weights(options));
  const writer: Writer = {model, tokenizer, contextTokens: options.entry.contextTokens};
  return {run: (job, signal) => chat(writer, {job: onlyTasks(job, ['chat']), signal}), dispose: () => model.dispose()};
}

async function* chat(writer: Writer, {job, signal}: {job: EngineJobOf<'chat'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  if (job.format !== undefined) throw new NetworkError('wrong-task', 'this engine has no grammars');
  // A last message by the assistant stays open, to be continued.
  const open = job.messages.at(-1)?.role === 'assistant';
  const text = writer.tokenizer.apply_chat_template([...job.messages], {tokenize: false, add_generation_prompt: !open}) as string;
  const prompt = textPrompt(writer.tokenizer, text);
  requireRoom(writer, prompt);
  yield {type: 'prompt', tokens: prompt.tokens};
  yield* write(writer, {...job, prompt, signal});
}
