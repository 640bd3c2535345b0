/** A receipt: what a node signs about a job that it finished; checked by the client against what it saw itself (docs/protocol.md, section 7). */
import {type Bytes, equal, randomBytes, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type Identity, requireSignature} from './identity.ts';
import type {JobHandle, ModelHash, NodeId} from './ids.ts';
import type {Job} from './job.ts';
import {classes, countsField, type Counts, priceOf, type Prices} from './price.ts';
import {hash, readStatement, type StatementKind, writeStatement} from './statement.ts';
import {bytes, id, struct, u32, u64, word, type Infer} from './wire.ts';

const fields = struct({
  handle: id<JobHandle>(16),
  node: id<NodeId>(32),
  /** SHA-256(offer | signature): the offer it was made under. */
  offer: bytes(32),
  model: id<ModelHash>(32),
  counts: countsField,
  /** nano-coins */
  price: u64,
  reason: word(['stop', 'length']),
  /** SHA-256 of the job's bytes, which hold a salt. */
  request: bytes(32),
  /** SHA-256(salt | answer): `AnswerBody.bytes` */
  answer: bytes(32),
  /** Hours since 1970: exact times are fingerprints. */
  hour: u32,
});
const kind: StatementKind<Receipt> = {label: 'bombyx/receipt/v1', fields};

export type Receipt = Infer<typeof fields>;

/** A receipt as it travels. */
export interface SignedReceipt {
  readonly receipt: Bytes;
  readonly signature: Bytes;
  /** Opens the commitment to the answer. */
  readonly salt: Bytes;
}

/** Commitment to a request; the job holds its own salt. */
export const commitRequest = (jobBytes: Uint8Array): Bytes => hash(jobBytes);
/** Commitment to an answer. */
export const commitAnswer = (salt: Uint8Array, answer: Uint8Array): Bytes => hash(salt, answer);

/** What both sides know of a finished job. */
export interface JobFacts {
  readonly handle: JobHandle;
  /** `bindOffer` of the signed offer. */
  readonly offer: Bytes;
  readonly model: ModelHash;
  readonly prices: Prices;
  readonly jobBytes: Uint8Array;
  /** `AnswerBody.bytes` */
  readonly answer: Bytes;
  readonly counts: Counts;
  readonly reason: Receipt['reason'];
}

/** Signs a receipt. `now` in ms since 1970. */
export async function signReceipt(identity: Identity<NodeId>, {facts, now}: {facts: JobFacts; now: number}): Promise<SignedReceipt> {
  const salt = randomBytes(32);
  const receipt = writeStatement(kind, {
    handle: facts.handle,
    node: identity.id,
    offer: facts.offer,
    model: facts.model,
    counts: facts.counts,
    price: priceOf(facts.counts, facts.prices),
    reason: facts.reason,
    request: commitRequest(facts.jobBytes),
    answer: commitAnswer(salt, facts.answer),
    hour: Math.floor(now / 3_600_000),
  });
  return {receipt, signature: await identity.sign(receipt), salt};
}

/** What the client holds a receipt against. */
export interface ReceiptDemands extends JobFacts {
  readonly node: NodeId;
  readonly job: Job;
  readonly ceiling: bigint;
}

/** The receipt behind `signed` when every field is what the client saw. @throws NetworkError `bad-receipt` */
export async function checkReceipt(signed: SignedReceipt, demands: ReceiptDemands): Promise<Receipt> {
  await requireSignature(demands.node, {message: signed.receipt, signature: signed.signature, code: 'bad-receipt'});
  const receipt = readReceipt(signed.receipt);
  const problem =
    receipt.handle !== demands.handle || receipt.node !== demands.node ? 'it is for another job'
    : !equal(receipt.offer, demands.offer) ? 'it names another offer'
    : receipt.model !== demands.model ? 'it names another model'
    : receipt.reason !== demands.reason ? 'it gives another reason for the end'
    : !equal(receipt.request, commitRequest(demands.jobBytes)) ? 'it commits to another question'
    : !equal(receipt.answer, commitAnswer(signed.salt, demands.answer)) ? 'it commits to another answer'
    : countsProblem(receipt.counts, demands)
      ?? (receipt.price !== priceOf(receipt.counts, demands.prices) || receipt.price > demands.ceiling ? 'the price is not tokens times prices' : undefined);
  if (problem !== undefined) throw new NetworkError('bad-receipt', problem);
  return receipt;
}

/** Special tokens that a template may add, per message or other part, and once. */
const templateTokens = {perPart: 16, once: 64};

/** Prompt tokens that a job can have at most. A token of text is at least one byte; an image and sound count no more than they have bytes. */
export const mostPromptTokens = (job: Job): number => partsOf(job).reduce((sum, length) => sum + length + templateTokens.perPart, templateTokens.once);
/** Tokens that an answer of so many bytes can have taken at most. */
export const mostCompletionTokens = (answerBytes: number): number => answerBytes + templateTokens.once;

/** Bytes of each part of what is asked. */
function partsOf(job: Job): readonly number[] {
  switch (job.task) {
    case 'chat':
      return job.messages.map(({content}) => utf8(content).length);
    case 'image-text':
      return job.messages.flatMap(({content, images}) => [utf8(content).length, ...images.map(({length}) => length)]);
    case 'embeddings':
      return job.inputs.map((input) => utf8(input).length);
    case 'transcription':
      return [job.audio.length];
    case 'classify':
      return [job.subject.is === 'text' ? utf8(job.subject.text).length : job.subject.image.length, ...job.labels.map((label) => utf8(label).length)];
    default:
      return [utf8(job.query).length, ...job.frames.map(({image}) => image.length)];
  }
}

/** The reason why counts cannot be true. */
function countsProblem(counts: Counts, {job, answer, counts: seen}: ReceiptDemands): string | undefined {
  if (counts.prompt + counts.cached > mostPromptTokens(job)) return 'more prompt tokens than the question can have';
  if (classes.some((name) => counts[name] !== seen[name])) return 'other token counts than were sent along';
  if (counts.completion > job.maxTokens) return 'more tokens than were asked for';
  if (counts.completion > mostCompletionTokens(answer.length)) return 'more tokens than the answer can have';
  return undefined;
}

function readReceipt(statement: Uint8Array): Receipt {
  try {
    return readStatement(kind, statement);
  } catch (error) {
    throw new NetworkError('bad-receipt', 'not a receipt', {cause: error});
  }
}
