/** Files of a model, fetched from our own origin and handed on only when their SHA-256 is what the manifest says. */
import {toHex} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {ManifestFile} from '#protocol/models.ts';

/** Bytes by path. */
export type VerifiedFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface FetchOptions {
  /** Address of the folder, with a slash at its end. */
  readonly base: URL;
  readonly signal: AbortSignal;
  /** 0..1 */
  onProgress(part: number): void;
}

/** Fetches all files. A stored copy that does not check out is fetched once more past all caches. Rejects with `load-failed`. */
export async function fetchVerified(files: readonly ManifestFile[], options: FetchOptions): Promise<VerifiedFiles> {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of files) {
    const onBytes = (count: number) => {
      loaded += count;
      options.onProgress(Math.min(1, loaded / total));
    };
    found.set(file.path, (await fetchOnce(file, {...options, cache: 'default', onBytes})) ?? (await fetchOnce(file, {...options, cache: 'reload', onBytes: () => {}})) ?? refuse(file));
  }
  return found;
}

function refuse(file: ManifestFile): never {
  throw new NetworkError('load-failed', `${file.path} is not the file of the manifest`);
}

async function fetchOnce(file: ManifestFile, {base, signal, cache, onBytes}: FetchOptions & {cache: RequestCache; onBytes(count: number): void}): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await fetch(new URL(file.path, base), {signal, cache}).catch((error: unknown) => {
    throw new NetworkError('load-failed', `${file.path}: no connection`, {cause: error});
  });
  if (!response.ok || !response.body) throw new NetworkError('load-failed', `${file.path}: status ${response.status}`);
  const bytes = new Uint8Array(file.bytes);
  let at = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (at + part.value.length > file.bytes) {
      await reader.cancel();
      return undefined;
    }
    bytes.set(part.value, at);
    at += part.value.length;
    onBytes(part.value.length);
  }
  const sum = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return at === file.bytes && sum === file.sha256 ? bytes : undefined;
}
