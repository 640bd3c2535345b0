/** What is known of the models on offer, from the computers' own records, the relay, this device and the answers in this browser. Pure. */
import type {ModelHash} from '#protocol/ids.ts';
import type {Task} from '#protocol/task.ts';
import type {ModelNow} from './network-views.ts';
import type {Conversation, KeptModel, Level, ModelChoice, Provenance, ShareChoice} from './views.ts';

/** What answers in this browser's history took. */
export interface MeasuredHere {
  readonly answers: number;
  /** Median from the question to the first word. */
  readonly firstTokenMs: number;
  /** Median; undefined where the answers were too short to tell. */
  readonly tokensPerSecond: number | undefined;
}

export interface ModelFacts {
  readonly hash: ModelHash;
  readonly label: string;
  readonly demo: boolean;
  readonly tasks: readonly Task[];
  /** That may answer now at this person's level. */
  readonly computers: number;
  /** Of all that offer it, how many ask more than this person can pay. */
  readonly unpayable: number;
  /** How many of the computers ask for nothing. */
  readonly free: number;
  /** Nano-coins per million tokens that are written, of those that ask; undefined where none does. */
  readonly price: {readonly lowest: bigint; readonly highest: bigint} | undefined;
  readonly contextTokens: number | undefined;
  /** As its owner names it. */
  readonly licence: string | undefined;
  readonly downloadBytes: number | undefined;
  /** What of it is kept in this browser, bytes. */
  readonly keptBytes: number;
  /** How this device could run it; undefined where the catalogue does not have it. */
  readonly fit: Pick<ShareChoice, 'obstacle' | 'gpuMemoryBytes'> | undefined;
  /** Median from asking to a computer, as the relay publishes it. */
  readonly waitMs: number | undefined;
  /** Tokens per second of the fastest by its own account; 0 where none tells. */
  readonly claimed: number;
  readonly measured: MeasuredHere | undefined;
}

export interface Sources {
  readonly models: readonly ModelChoice[];
  readonly level: Level;
  readonly kept: readonly KeptModel[];
  /** As the relay publishes them; empty while it has not answered. */
  readonly published: readonly ModelNow[];
  /** The models that this device could share. */
  readonly shareable: readonly ShareChoice[];
  readonly conversations: readonly Conversation[];
}

export const modelFacts = ({models, ...sources}: Sources): readonly ModelFacts[] => models.map((model) => factsOf(model, sources));

function factsOf(model: ModelChoice, {level, kept, published, shareable, conversations}: Omit<Sources, 'models'>): ModelFacts {
  const {hash, label, demo, tasks, nodes, mine, unpayable, prices, claimed, known} = model;
  const asked = prices.map(({completion}) => completion).toSorted((left, right) => (left < right ? -1 : 1));
  const [lowest, highest] = [asked[0], asked.at(-1)];
  const share = shareable.find(({id}) => id === known?.family);
  return {
    hash, label, demo, tasks, unpayable, claimed,
    computers: level === 'mine' ? mine : nodes,
    free: nodes - prices.length,
    price: lowest !== undefined && highest !== undefined ? {lowest, highest} : undefined,
    contextTokens: known?.contextTokens,
    licence: known?.licence,
    downloadBytes: known?.downloadBytes,
    keptBytes: kept.find((one) => one.model === hash)?.bytes ?? 0,
    fit: share && {obstacle: share.obstacle, gpuMemoryBytes: share.gpuMemoryBytes},
    waitMs: published.find(({id}) => id === known?.id)?.waitMs,
    measured: measuredHere(conversations, hash),
  };
}

/** From whole answers with a receipt that was checked here. */
export function measuredHere(conversations: readonly Conversation[], model: ModelHash): MeasuredHere | undefined {
  const answers = conversations.flatMap(({turns}) => turns.flatMap(({provenance}) => (provenance?.modelHash === model && provenance.receipt === 'valid' ? [provenance] : [])));
  const first = medianOf(answers.flatMap(({firstTokenMs}) => firstTokenMs ?? []));
  return first === undefined ? undefined : {answers: answers.length, firstTokenMs: first, tokensPerSecond: medianOf(answers.flatMap((answer) => rateOf(answer) ?? []))};
}

/** Of what came after the first token; a few tokens tell nothing. */
function rateOf({tokens, milliseconds, firstTokenMs}: Provenance): number | undefined {
  const writing = milliseconds - (firstTokenMs ?? milliseconds);
  return tokens >= 8 && writing > 0 ? (tokens - 1) / (writing / 1000) : undefined;
}

const medianOf = (numbers: readonly number[]): number | undefined => numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)];

export const sortings = ['offer', 'price', 'size', 'speed'] as const;
export type Sorting = (typeof sortings)[number];

/** `offer`: as they came. What is not known comes last. */
export function sortModels(models: readonly ModelFacts[], by: Sorting): readonly ModelFacts[] {
  const rank: Readonly<Record<Sorting, (model: ModelFacts) => number>> = {
    offer: () => 0,
    price: ({free, price}) => (free > 0 ? 0 : Number(price?.lowest ?? Infinity)),
    size: ({downloadBytes}) => downloadBytes ?? Infinity,
    speed: ({measured, claimed}) => -(measured?.tokensPerSecond ?? claimed),
  };
  return models.toSorted((left, right) => {
    const [one, other] = [rank[by](left), rank[by](right)];
    return one === other ? 0 : one - other;
  });
}
