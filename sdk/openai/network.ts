/** What the OpenAI face needs of its host: who is there, how to ask, and what the caller may choose. */
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {ClientQuestion} from '#protocol/roles/client.ts';
import type {Clock} from '#protocol/roles/ports.ts';

/** Who may answer: one of the person's own paired devices, or anyone of the network. */
export type Level = 'mine' | 'network';
export const levels: readonly Level[] = ['mine', 'network'];

/** Longest sound of one request, s: as samples it takes 230 MB, which the host holds while it is cut. */
export const maxSoundSeconds = 3600;

/** A client of the network. */
export interface FaceNetwork {
  /** Throws NetworkError. */
  ask(question: ClientQuestion): AsyncIterable<AskEvent>;
  /** Who is there now. Rejects with `offline`. */
  directory(): Promise<readonly NodeRecord[]>;
  /** The models that the relay's catalogue names. Rejects with `offline`. */
  catalogue(): Promise<readonly CatalogueEntry[]>;
  /** The person's own devices; empty where there are none. */
  mine(): ReadonlySet<NodeId>;
}

export interface FaceOptions {
  readonly network: FaceNetwork;
  readonly clock: Clock;
  /** Nano-coins that one answer may cost at most. */
  readonly priceCap: bigint;
  /** Where a request does not say it. */
  readonly level: Level;
  /** How answers come: as they are written, or in one block at the end, which hides their pace. */
  readonly delivery: 'stream' | 'quiet';
  /** Any sound file as samples -1..1 at 16 kHz, one channel. Rejects with `bad-media`, or a Refusal that says more. Undefined where the host can't. */
  decodeSound?(file: Uint8Array<ArrayBuffer>): Promise<Float32Array>;
}
