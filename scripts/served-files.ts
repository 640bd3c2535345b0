/** What a relay serves under the paths of a build, by hash; what it says of itself is not taken for true. */
import {type BuiltFiles, sha256} from './build-hash.ts';

/** The paths that answered, with the hash of what came. Rejects where the relay is out of reach. */
export async function servedFiles(address: string, paths: readonly string[]): Promise<BuiltFiles> {
  const files: Record<string, string> = {};
  for (const path of paths) {
    const answer = await fetch(new URL(`/${path}`, address), {cache: 'no-store', redirect: 'error'});
    if (answer.ok) files[path] = sha256(new Uint8Array(await answer.arrayBuffer()));
    else await answer.body?.cancel();
  }
  return files;
}
