/** Builds what people take without this repository (`--mode sdk`, `--mode gateway`): the library as one file for any host, the gateway and its thread for sound as files for Node.js. */
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {transpileDeclaration} from 'typescript';
import {defineConfig, type Plugin, type UserConfig} from 'vite';

const root = import.meta.dirname;
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
const {version, license, dependencies} = JSON.parse(read('package.json')) as {version: string; license: string; dependencies: Readonly<Record<string, string>>};
/** What is no JavaScript can't be in a bundle; and decoders that are of other licences inside stay packages of their own. */
const apart = ['node-datachannel', 'mpg123-decoder', 'opus-decoder'];

/** In one file nothing is loaded later, and what is imported by name leaves out the half of a package that nobody uses. */
const importedByName: Plugin = {
  name: 'imported-by-name',
  enforce: 'pre',
  transform: {
    filter: {id: /\/protocol\/identity\.ts$/},
    handler(code) {
      const [later, now] = ["(await import('@noble/curves/ed25519.js')).ed25519", 'ed25519'];
      if (!code.includes(later)) throw new Error(`protocol/identity.ts has no ${later} any more: mend vite.packages.config.ts`);
      return {code: `import {ed25519} from '@noble/curves/ed25519.js';\n${code.replace(later, now)}`, map: null};
    },
  },
};

/** Some packages import what every host of today has as a global. */
const cryptoIsGlobal: Plugin = {
  name: 'crypto-is-global',
  enforce: 'pre',
  resolveId: {filter: {id: /^crypto$/}, handler: () => '\0crypto'},
  load: {filter: {id: /^\0crypto$/}, handler: () => 'export const webcrypto = globalThis.crypto;'},
};

/** Threads are started by the name of a file, which is another one where all is built. */
const threadIsBuilt: Plugin = {
  name: 'thread-is-built',
  enforce: 'pre',
  transform: {
    filter: {id: /\/relay\/gateway\/decode-sound\.ts$/},
    handler(code) {
      const [source, built] = ["'./sound/sound-thread.ts'", "'./sound-thread.mjs'"];
      if (!code.includes(source)) throw new Error(`relay/gateway/decode-sound.ts has no ${source} any more: mend vite.packages.config.ts`);
      return {code: code.replace(source, built), map: null};
    },
  },
};

/** Makes the folder a package: which it is, what it still needs, and other files. */
const packaged = (about: object, files: () => Readonly<Record<string, string>>): Plugin => ({
  name: 'packaged',
  generateBundle(_, bundle) {
    const imported = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.imports : []));
    const needs = Object.fromEntries(apart.filter((name) => imported.includes(name)).map((name) => [name, dependencies[name]]));
    const text = JSON.stringify({version, license, type: 'module', ...about, dependencies: needs}, undefined, 2);
    for (const [fileName, source] of Object.entries({...files(), 'LICENSE': read('LICENSE'), 'package.json': `${text}\n`})) this.emitFile({type: 'asset', fileName, source});
  },
});

/** The declarations, which name only what is in them and what every host has. */
function declarations(): string {
  const text = transpileDeclaration(read('sdk/bombyx.ts'), {compilerOptions: {strict: true}}).outputText;
  if (/^import\b|\bimport\(/m.test(text)) throw new Error('sdk/bombyx.ts exports types of other files, which people do not have: declare them there');
  return text;
}

const sdk: UserConfig = {
  plugins: [
    importedByName,
    cryptoIsGlobal,
    packaged({name: 'bombyx', description: 'Private AI inference for OpenAI\'s clients: sealed here, answered by computers of the network', exports: {'./sdk': {types: './bombyx.d.ts', default: './bombyx.js'}}, engines: {node: '>=22'}}, () => ({'bombyx.d.ts': declarations()})),
  ],
  build: {outDir: resolve(root, 'dist-sdk'), lib: {entry: 'sdk/bombyx.ts', formats: ['es'], fileName: () => 'bombyx.js'}, rolldownOptions: {output: {codeSplitting: false, minify: true}}},
};

const gateway: UserConfig = {
  plugins: [importedByName, threadIsBuilt, packaged({name: 'bombyx-gateway', description: 'OpenAI\'s interface on this machine, sealed beyond it', bin: './gateway.mjs', engines: {node: '>=24'}}, () => ({}))],
  ssr: {noExternal: true, external: apart},
  build: {
    outDir: resolve(root, 'dist-gateway'),
    ssr: true,
    rolldownOptions: {
      input: {'gateway': resolve(root, 'relay/gateway/gateway.ts'), 'sound-thread': resolve(root, 'relay/gateway/sound/sound-thread.ts')},
      output: {entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', banner: ({name}) => (name === 'gateway' ? '#!/usr/bin/env node' : '')},
    },
  },
};

export default defineConfig(({mode}) => {
  const {build, ...rest} = mode === 'gateway' ? gateway : sdk;
  return {...rest, root, publicDir: false, envDir: false, logLevel: 'warn', build: {emptyOutDir: true, target: 'es2024', reportCompressedSize: false, ...build}};
});
