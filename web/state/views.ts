/** What the screens show and what a person can do: the contract between the elements in `app/` and the state behind them. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {Bytes} from '#protocol/bytes.ts';
import type {DeviceId, ModelHash, NodeId} from '#protocol/ids.ts';
import type {Body} from '#protocol/messages.ts';
import type {Task} from '#protocol/task.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {Prices} from '#protocol/price.ts';
import type {LinkKind} from '#protocol/roles/ports.ts';
import type {Instructions} from './instructions.ts';
import type {GpuObstacle} from './gpu-obstacle.ts';
import type {LanguageChoice} from './language.ts';
import type {PauseReason, SharingLimits} from './limits.ts';
import type {Readable} from './store.ts';
import type {VersionGap} from './version-gap.ts';

/** Who answers: any computer of the network, only devices that this person paired, or this device alone. */
export type Level = 'network' | 'mine' | 'device';

/** What is known of how an answer came to be. */
export interface Provenance {
  readonly model: string;
  readonly modelHash: ModelHash;
  /** Computers that worked on it, in order; more than one after a loss. */
  readonly nodes: readonly NodeId[];
  readonly level: Level;
  /** `relayed`: through the relay; `turn`: so at first, then through its operator's TURN server; `direct`: from device to device; `here`: it did not leave this browser. */
  readonly route: 'relayed' | 'turn' | 'direct' | 'here';
  /** Addresses of the relays that carried it, in order; '' for the one of this app. Older answers have none. */
  readonly relays?: readonly string[];
  readonly firstTokenMs: number | undefined;
  readonly milliseconds: number;
  readonly tokens: number;
  /** Nano-coins; the price in the receipt. */
  readonly price: bigint;
  /** What paid, where it cost anything: this person's deposit, or a free answer of the relay. */
  readonly payment?: 'channel' | 'trial';
  /** `valid`: signature, hashes and counts were checked here. `none`: the answer was cut before its receipt came. `imported`: a file says that it was checked, elsewhere. */
  readonly receipt: 'valid' | 'invalid' | 'none' | 'imported';
}

/** One bubble. */
export interface Turn {
  readonly id: string;
  /** The turn that it follows, null for a first one; a turn without it follows the one before it in the list, as all did before there were branches. */
  readonly parent?: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Pictures that a question is about, encoded as a job carries them. */
  readonly images?: readonly Bytes[];
  readonly status: 'done' | 'streaming' | 'stopped' | 'failed';
  readonly at: number;
  readonly error?: ErrorCode;
  readonly provenance?: Provenance;
  /** An answer that the person wrote over: no computer said this, and no receipt speaks of it. */
  readonly edited?: true;
}

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly updated: number;
  readonly level: Level;
  /** Never leaves this person's devices: the network is not asked, whoever wishes it. */
  readonly sensitive?: boolean;
  /** Every turn of every branch, oldest first. */
  readonly turns: readonly Turn[];
  /** The last turn of the branch that is shown; without it the last turn of all. */
  readonly head?: string;
  /** Listed before the others. */
  readonly pinned?: boolean;
  readonly instructions?: Instructions;
  /** Never written anywhere, and gone when the person leaves it. */
  readonly temporary?: true;
}

/** A text that was sent while another one was answered, with its pictures. */
export interface Queued {
  readonly conversation: string;
  readonly text: string;
  readonly images: readonly Bytes[];
  /** The answer that it waited for was stopped or failed: it goes out only when the person sends it again. */
  readonly held?: true;
}

/** How an answer is asked for once more. */
export interface AgainHow {
  /** The answer, or its question; without it the last question that is shown. */
  readonly turn?: string;
  /** `same`: by the computer that gave this answer, where it is there; `another`: by none that answered this question. */
  readonly by?: 'same' | 'another';
  /** Another model, for this answer alone. */
  readonly model?: ModelHash;
}

/** A model that some computer offers now. */
export interface ModelChoice {
  readonly hash: ModelHash;
  /** From the catalogue, or the id that nodes publish. */
  readonly label: string;
  readonly demo: boolean;
  /** What it can do; of a model that the catalogue does not have, chat is all that is believed. */
  readonly tasks: readonly Task[];
  /** Computers that this person can ask now, and how many of them are this person's own paired devices. */
  readonly nodes: number;
  readonly mine: number;
  /** How many of all that offer it ask a price that this person can't pay now; they are not in `nodes`. */
  readonly unpayable: number;
  /** What those in `nodes` that are not free ask, nano-coins per million tokens. */
  readonly prices: readonly Prices[];
  /** Tokens per second of one answer by the account of the fastest of those in `nodes`; 0 where none has measured it. */
  readonly claimed: number;
  /** What the catalogue says of it; undefined where it is not in it. */
  readonly known?: {readonly id: string; readonly family: string; readonly downloadBytes: number; readonly contextTokens: number; readonly licence: string};
}

/** What the answer is waiting for. */
export type Stage = 'idle' | 'loading' | 'finding' | 'working' | 'waiting' | 'connected' | 'answering' | 'resuming';

/** What the relay said when it let a question wait. */
export interface Wait {
  /** From 1. */
  readonly position: number;
  /** 0 where the relay has yet to see how long answers take. */
  readonly etaMs: number;
}

export interface ChatView {
  /** `outdated`: it can be reached, but page and relay are of different versions. */
  readonly relay: 'connecting' | 'online' | 'offline' | 'outdated';
  readonly models: readonly ModelChoice[];
  readonly model: ModelHash | undefined;
  readonly level: Level;
  readonly conversations: readonly Conversation[];
  readonly current: Conversation;
  readonly stage: Stage;
  /** Of the stage `waiting`. */
  readonly wait: Wait | undefined;
  /** What is sent next, one text for a conversation; while nothing is answered, what waits for the person to take it back. */
  readonly queued: readonly Queued[];
}

export interface Chat {
  readonly view: Readable<ChatView>;
  /** Asks; resolves when the answer has ended in any way. While another answer comes the text waits for its end. */
  send(text: string, how?: {readonly images: readonly Bytes[]}): Promise<void>;
  /** What waits in the conversation that is shown: it is not sent then. */
  takeBack(): Queued | undefined;
  /** The most that this text would cost now, nano-coins; 0 where it is free. It is also the most that is paid. `at` names the turn that it is asked in place of, with the pictures of that one. */
  quote(text: string, at?: Pick<AgainHow, 'turn' | 'model'> & {readonly images?: readonly Bytes[]}): bigint;
  stop(): void;
  /** Asks a question once more; the new answer stands beside the others. */
  again(how?: AgainHow): Promise<void>;
  /** Writes a turn anew, beside the old one: a question is asked, an answer is kept as the person's own words. */
  edit(turn: string, text: string): Promise<void>;
  /** Shows the alternative `step` places after this turn. */
  turnTo(turn: string, step: number): Promise<void>;
  /** Deletes a turn and all that follows it; gives what puts it back. Undefined where nothing was deleted. */
  removeTurn(turn: string): Promise<(() => Promise<void>) | undefined>;
  /** What the answers of this conversation are to be like. */
  instruct(instructions: Instructions | undefined): Promise<void>;
  /** A new, empty conversation. */
  begin(how?: {readonly temporary: boolean}): void;
  /** Whether the conversation that is shown, which has no turn yet, is to be kept nowhere. */
  setTemporary(temporary: boolean): void;
  open(id: string): void;
  remove(id: string): Promise<void>;
  chooseModel(hash: ModelHash): void;
  /** Not the network, where the conversation never leaves this person's devices. */
  chooseLevel(level: Level): void;
  /** Whether this conversation never leaves this person's devices; not while it is being answered. */
  setSensitive(sensitive: boolean): Promise<void>;
}

/** What this browser and device can do; when they can't, exactly why, from which the fix follows. */
export type Capability =
  | {readonly is: 'checking'}
  | {readonly is: 'webgpu'; readonly adapter: string; readonly fallback: boolean; readonly f16: boolean; readonly maxBufferBytes: number; readonly jspi: boolean; /** What a tab may take here; undefined where no bound is known. */ readonly budgetBytes?: number | undefined}
  | {readonly is: 'none'; readonly why: GpuObstacle; /** What the browser said, for the details. */ readonly detail: string};

/** What a device's GPU did when it was measured. */
export interface Measured {
  readonly bytesPerSecond: number;
  readonly dispatchMs: number;
  readonly readbackMs: number;
  /** Whether its whole numbers were those of the processor. */
  readonly correct: boolean;
}

/** How far a download is. */
export interface Download {
  readonly bytes: number;
  readonly total: number;
  /** 0 while nothing arrives. */
  readonly bytesPerSecond: number;
  /** Undefined while nothing can be foretold. */
  readonly etaSeconds: number | undefined;
}

/** The life of the node in this tab. */
export type NodeStatus =
  | {readonly is: 'off'}
  | {readonly is: 'loading'; /** 0..1 */ readonly part: number; readonly what: string; readonly download?: Download}
  | {readonly is: 'connecting'}
  | {readonly is: 'ready'; readonly jobs: number}
  | {readonly is: 'finishing'; readonly jobs: number}
  | {readonly is: 'reconnecting'; readonly jobs: number; /** The relay said that it keeps this computer out. */ readonly keptOut?: true}
  /** The engine, its device or its thread was lost; it starts again by itself. */
  | {readonly is: 'recovering'; readonly code: ErrorCode}
  | {readonly is: 'failed'; readonly code: ErrorCode; readonly detail: string};

/** One job in the log; never its content. */
export interface JobEntry {
  readonly handle: string;
  readonly at: number;
  readonly tokens: number;
  readonly milliseconds: number;
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly task: Task | undefined;
  /** What it brought, nano-coins; 0 where it was free. */
  readonly earned: bigint;
}

/** A model that this device could share. */
/** Why a device can't run a model. */
export type ModelObstacle = 'too-large' | 'checking' | 'no-webgpu' | 'no-real-gpu' | 'no-half';

export interface ShareChoice {
  /** Of its family. */
  readonly id: string;
  /** Ids of the models that are of it. */
  readonly models: readonly string[];
  readonly label: string;
  readonly demo: boolean;
  /** As its owner names it. */
  readonly licence: string;
  readonly downloadBytes: number;
  readonly tasks: readonly Task[];
  /** Why this device can't run it; undefined when it can. */
  readonly obstacle: ModelObstacle | undefined;
  /** Tokens per second that the measured memory would allow; undefined before. */
  readonly expected: number | undefined;
  /** What it needs and no browser tells whether it is there; nothing is refused for it. */
  readonly gpuMemoryBytes: number | undefined;
  /** How it can run here; `speed` in tokens per second of all jobs at once, where this device measured it; 0: too slow for that. */
  readonly ways: readonly {readonly engine: string; readonly kind: 'webgpu' | 'wasm'; readonly speed: number | undefined}[];
}

/** What this computer asks for its answers: nothing, or a price in nano-coins per million tokens. */
export interface Asking {
  readonly paid: boolean;
  readonly prompt: bigint;
  readonly completion: bigint;
  /** By family of models, where one has prices of its own. */
  readonly own: Readonly<Record<string, OwnPrices>>;
}

export interface OwnPrices {
  readonly prompt: bigint;
  readonly completion: bigint;
}

export interface ShareView {
  readonly capability: Capability;
  /** Undefined until it was measured. */
  readonly measured: Measured | 'measuring' | undefined;
  readonly choices: readonly ShareChoice[];
  readonly choice: string;
  /** While the ways to run the chosen model are measured: which of how many, and how far it is, 0..1. */
  readonly comparing: {readonly way: number; readonly of: number; readonly part: number} | undefined;
  /** What will compute: the GPU, or the processor where there is no WebGPU. */
  readonly device: 'webgpu' | 'wasm';
  readonly asking: Asking;
  readonly limits: SharingLimits;
  /** Why no jobs are taken now; those that run go on. */
  readonly paused: PauseReason | undefined;
  /** What was earned and collected at this relay, nano-coins; undefined until the relay has said where it pays. */
  readonly balance: {readonly earned: bigint; readonly collected: bigint} | undefined;
  readonly status: NodeStatus;
  /** Why the relay has no job for it; undefined until the relay has said so. */
  readonly idle: Body<'idle'> | undefined;
  /** Whether it is the node of another tab of this browser that runs, and is shown here. */
  readonly elsewhere: boolean;
  readonly node: NodeId | undefined;
  /** Engine and adapter as published, e.g. "transformers.js, WebGPU, google swiftshader". */
  readonly engine: string;
  /** How fast the model was measured to run here; published with the engine. */
  readonly speeds: readonly MeasuredSpeed[];
  /** How jobs arrive. */
  readonly link: LinkKind | undefined;
  readonly jobsDone: number;
  readonly tokens: number;
  readonly tokensPerSecond: number;
  readonly log: readonly JobEntry[];
  /** Grows with each line that is written to the book of what this computer did. */
  readonly booked: number;
}

export interface Share {
  readonly view: Readable<ShareView>;
  choose(id: string): void;
  /** Measures the GPU: a second or two. Rejects with `no-webgpu`, `gpu-lost`. */
  measure(): Promise<void>;
  /** Measures every way to run the chosen model here; the next start takes the fastest. Rejects with what a way fails with; what was measured before it is kept. */
  compare(how?: {readonly evenIfMetered: boolean}): Promise<void>;
  stopComparing(): void;
  /** Takes effect at once. */
  limit(limits: Partial<SharingLimits>): Promise<void>;
  /** Takes effect at the next start. */
  ask(asking: Partial<Asking>): Promise<void>;
  /** Starts sharing on the GPU, or on the processor where `device` says so. A large download over a metered connection fails with `metered` unless it is agreed to. */
  start(device: 'webgpu' | 'wasm', how?: {readonly evenIfMetered: boolean}): Promise<void>;
  /** Takes no new jobs, finishes those that run, then stops. */
  finish(): Promise<void>;
  stopNow(): Promise<void>;
}

/** A device of this person's own: its node may be asked directly, or its client may ask our node. */
export interface PairedDevice {
  readonly id: string;
  readonly name: string;
  readonly node: NodeId;
  readonly device: DeviceId;
  readonly since: number;
  /** When it last answered or asked; undefined where it did not yet, or is not known to. */
  readonly lastUsed?: number;
}

export interface SettingsView {
  readonly theme: 'auto' | 'light' | 'dark';
  /** `stream`: words appear as they come; `quiet`: one padded block, so that timing tells nothing. */
  readonly delivery: 'stream' | 'quiet';
  readonly enterSends: boolean;
  /** New conversations never leave this person's devices. */
  readonly sensitive: boolean;
  /** Whether key chords of this app work. */
  readonly shortcuts: boolean;
  /** What a screen reader says of an answer while it comes: the whole at its end, each sentence, or nothing. */
  readonly announce: 'answers' | 'sentences' | 'off';
  /** `auto`: the one that the browser asks for. */
  readonly language: LanguageChoice;
  readonly paired: readonly PairedDevice[];
  /** Text to copy to the other device: both keys of this device. */
  readonly pairingCode: string;
  readonly version: string;
  /** Where keys are kept: not extractable by the page, or (old browsers) in storage that the page can read. */
  readonly keys: 'non-extractable' | 'stored' | 'unknown';
  readonly storageUsedBytes: number | undefined;
}

export interface Settings {
  readonly view: Readable<SettingsView>;
  change(fields: Partial<Pick<SettingsView, 'theme' | 'delivery' | 'enterSends' | 'sensitive' | 'shortcuts' | 'announce' | 'language'>>): Promise<void>;
  /** Adds a device from the code it shows. @throws NetworkError `bad-message` when it is not a code */
  pair(code: string, name: string): Promise<void>;
  /** Neither side's questions are answered by this one any more, from the next one on. */
  unpair(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Forgets history, settings and keys of this browser. */
  eraseAll(): Promise<void>;
}

/** A model that this browser keeps, whole or in part. */
export interface KeptModel {
  readonly model: ModelHash;
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
  /** 0 when it is not known. */
  readonly usedAt: number;
}
export interface KeptModelsView {
  readonly kept: readonly KeptModel[];
}
export interface KeptModels {
  readonly view: Readable<KeptModelsView>;
  /** Looks at what is there now. */
  look(): Promise<void>;
  remove(model: ModelHash): Promise<void>;
}

/** Installing and updating the app. */
export interface ShellView {
  readonly updateReady: boolean;
  /** The side that is too old for the other: then nothing can be asked or shared. */
  readonly outdated: VersionGap | undefined;
  readonly canInstall: boolean;
}
export interface Shell {
  readonly view: Readable<ShellView>;
  /** Installs the newest version that there is and reloads; only ever called by a person's click. */
  update(): void;
  install(): Promise<void>;
}
