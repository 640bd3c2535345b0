/** Asks for an answer as it is planned. One that is not what was asked for is asked for once more, with the fault named, if the caller has not been told too much of it. */
import type {JobInput, JobOf} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import {AnswerFault} from './answer-fault.ts';
import type {Exchange} from './exchange.ts';
import type {ChosenModel} from './model-choice.ts';
import type {OutputPart, OutputReader} from './output.ts';
import type {AnswerPlan} from './plan.ts';
import {repairWords} from './plan-words.ts';
import type {Provenance} from './provenance.ts';
import {conversationJob, type Told, write, type WritingFields} from './writing.ts';

type Messages = JobOf<'image-text'>['messages'];

export interface PlannedWriting {
  readonly model: ChosenModel;
  readonly provenance: Provenance;
  readonly plan: AnswerPlan;
  /** The conversation, with the plan's instructions. */
  readonly messages: Messages;
  /** How it is written; stop texts and format are the plan's. */
  readonly how: Omit<WritingFields, 'stop' | 'format'>;
}

/** Of a failed answer, letters that the model is shown again. */
const maxShown = 8000;

/** Throws NetworkError, and Refusal: AnswerFault where the second answer failed too. */
export async function* writePlanned(exchange: Exchange, {model, provenance, plan, messages, how}: PlannedWriting): AsyncGenerator<Told, void> {
  const {isWhole} = plan;
  const job = (said: Messages, format: AnswerPlan['format']): JobInput => conversationJob(said, {...how, stop: [...plan.stop], ...(format ? {format} : {})});
  const first = new Account(plan.reader());
  try {
    return yield* inOrder(first.of(write(exchange, {model, provenance, reader: first, job: job(messages, plan.format)})), isWhole);
  } catch (error) {
    if (!(error instanceof AnswerFault) || messages.length + 2 > limits.maxMessages || !(isWhole || first.maySayMore(error))) throw error;
    provenance.again();
    const again = write(withinCap(exchange, provenance), {model, provenance, reader: plan.reader(), job: job(withFault(messages, first.text, error), plan.formatAgain)});
    for await (const part of inOrder(again, isWhole)) if (isWhole || !first.hasTold(part)) yield part;
  }
}

/** Both answers together cost no more than one may. */
function withinCap(exchange: Exchange, {price}: Provenance): Exchange {
  const left = exchange.options.priceCap - price;
  return {...exchange, options: {...exchange.options, priceCap: left < 0n ? 0n : left}};
}

const isContent = ({is}: Told): boolean => is === 'text' || is === 'reasoning' || is === 'call' || is === 'arguments';

/** What is told, with its content at the end where it is to be whole. */
async function* inOrder(told: AsyncGenerator<Told, void>, isWhole: boolean): AsyncGenerator<Told, void> {
  const content: Told[] = [];
  for await (const part of told) {
    if (isWhole && isContent(part)) content.push(part);
    else {
      if (part.is === 'end') yield* content;
      yield part;
    }
  }
}

/** A reader that remembers what it read, and what came of it. */
class Account implements OutputReader {
  readonly #reader: OutputReader;
  readonly #told = new Set<Told['is']>();
  text = '';

  constructor(reader: OutputReader) {
    this.#reader = reader;
  }

  get isDone(): boolean {
    return this.#reader.isDone ?? false;
  }

  push(text: string): readonly OutputPart[] {
    this.text += text;
    return this.#reader.push(text);
  }

  end(...reason: Parameters<OutputReader['end']>): readonly OutputPart[] {
    return this.#reader.end(...reason);
  }

  async *of(told: AsyncGenerator<Told, void>): AsyncGenerator<Told, void> {
    for await (const part of told) {
      this.#told.add(part.is);
      yield part;
    }
  }

  /** A call that was told can't be taken back; words before one stay true. */
  maySayMore({body}: AnswerFault): boolean {
    return !this.#told.has('call') && (!this.#told.has('text') || body.error.code === 'invalid_tool_call');
  }

  /** Words come once only. */
  hasTold = ({is}: Told): boolean => (is === 'text' || is === 'reasoning') && this.#told.has(is);
}

/** The conversation with the failed answer and what was wrong with it. */
function withFault(messages: Messages, answer: string, {words}: AnswerFault): Messages {
  const last = messages.at(-1);
  const shown = answer.replace(/^\s*<think>.*?<\/think>\s*/s, '').slice(0, maxShown).toWellFormed() || '(no answer)';
  // What was to be continued is one message with what came.
  const [before, content] = last?.role === 'assistant' ? [messages.slice(0, -1), last.content + shown] : [messages, shown];
  return [...before, {role: 'assistant', content, images: []}, {role: 'user', content: repairWords(words), images: []}];
}
