/** A Vite plugin: takes the code of llama.cpp's thread out of the wllama package and puts it behind `web/worker/wllama-thread.ts`. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Plugin} from 'vite';

const stored = join(import.meta.dirname, '../node_modules/@wllama/wllama/src/workers-code/generated.ts');

/** A string that the package's source exports. */
function exported(source: string, name: string): string {
  const found = new RegExp(`^export const ${name} = (".*");$`, 'm').exec(source);
  if (found?.[1] === undefined) throw new Error(`wllama no longer exports ${name}: look how its newer version starts its thread, then mend scripts/wllama-thread.ts`);
  return JSON.parse(found[1]) as string;
}

export const wllamaThread = (): Plugin => ({
  name: 'wllama-thread',
  // After TypeScript: what is added is JavaScript.
  enforce: 'post',
  transform(code, id) {
    if (!/\/web\/worker\/wllama-thread\.ts(\?|$)/.test(id)) return undefined;
    const source = readFileSync(stored, 'utf8');
    // Emscripten's module becomes a function, so that it starts when it is told the model; the outer code has a `Module` of its own.
    const llama = exported(source, 'WLLAMA_EMSCRIPTEN_CODE').replace('var Module', 'var unused');
    return {code: `${code}\nfunction wModuleInit() {${llama}; return Module;}\n${exported(source, 'LLAMA_CPP_WORKER_CODE')}`, map: null};
  },
});
