/** A Vite plugin: writes into each document the hash of every script and style that it may load, at once or later, so that the browser refuses changed ones. */
import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Plugin, Rollup} from 'vite';

type Bundle = Rollup.OutputBundle;

/** As in an `integrity` attribute. */
const integrityOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** The chunks that some chunks load: at once, or by `import()`. */
function reached(bundle: Bundle, from: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const left = [...from];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const chunk = bundle[name];
    if (seen.has(name) || chunk?.type !== 'chunk') continue;
    seen.add(name);
    left.push(...chunk.imports, ...chunk.dynamicImports);
  }
  return [...seen].toSorted();
}

/** The document with hashes on its tags, and before all of them a map of the hashes of what it may import later. */
export function withIntegrity(html: string, {scripts, read}: {scripts: readonly string[]; read(path: string): Uint8Array}): string {
  const map = JSON.stringify({integrity: Object.fromEntries(scripts.map((path) => [`/${path}`, integrityOf(read(path))]))});
  const tagged = html.replaceAll(/<(?:script|link)\b[^>]* (?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g, (tag, path: string) => `${tag} integrity="${integrityOf(read(path))}"`);
  return tagged.replace(/ *<(?:script|link)\b[^>]*"\/assets\//, (first) => `    <script type="importmap">${map}</script>\n${first}`);
}

export const integrity = (): Plugin => ({
  name: 'integrity',
  apply: 'build',
  writeBundle: {
    order: 'post',
    handler({dir}, bundle) {
      if (dir === undefined) return;
      const read = (path: string): Uint8Array => readFileSync(join(dir, path));
      for (const entry of Object.values(bundle)) {
        if (entry.type !== 'chunk' || !entry.isEntry || entry.facadeModuleId?.endsWith('.html') !== true) continue;
        const document = join(dir, entry.facadeModuleId.split('/').at(-1) ?? '');
        writeFileSync(document, withIntegrity(readFileSync(document, 'utf8'), {scripts: reached(bundle, [entry.fileName]), read}));
      }
    },
  },
});
