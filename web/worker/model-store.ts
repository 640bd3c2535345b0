/** The port to where models are kept on this device. What it holds is trusted only as far as its hashes go. */
import type {ModelHash} from '#protocol/ids.ts';
import type {KeptModel} from '../platform/model-folder.ts';

/** One file, open: nobody else has it open. */
export interface ModelFile {
  /** Bytes from there on into all of `into`; how many there were. */
  read(at: number, into: Uint8Array<ArrayBuffer>): number;
  /** Throws a `QuotaExceededError` when there is no room. */
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** What a download needs. */
export interface ModelStore {
  /** The file as it is now, right or not; undefined when there is none. */
  file(model: ModelHash, path: string): Promise<Blob | undefined>;
  /** Opens a file; makes it when there is none. */
  open(model: ModelHash, path: string): Promise<ModelFile>;
  /** Remembers what a model is called and when it was last used. */
  note(kept: Omit<KeptModel, 'bytes'>): Promise<void>;
  /** Bytes that may still be written; undefined where nobody knows. */
  room(): Promise<number | undefined>;
  /** Runs `work` while no other tab works on the same model. Rejects with the signal's reason. */
  alone<T>(model: ModelHash, {signal, work}: {signal: AbortSignal; work(): Promise<T>}): Promise<T>;
}
