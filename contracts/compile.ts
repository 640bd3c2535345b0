/**
 * Compiles the contracts and holds the code against what is committed: `node contracts/compile.ts` checks, `--write` writes.
 * An app trusts a contract by the hash of its code, so that hash never changes by accident.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {runTolkCompiler} from '@ton/tolk-js';

export const contractNames = ['channel', 'node-account', 'vault', 'bond'] as const;
export type ContractName = (typeof contractNames)[number];

/** One contract's code: a bag of cells in base64, and the hash of its root in hex. */
export interface CompiledCode {
  readonly hash: string;
  readonly boc: string;
}

const sources = import.meta.dirname;
const committed = join(sources, 'code.json');

/** Compiles one contract. `folder` holds the sources, `replace` stands in for a file of them: mutants are made so. */
export async function compile(name: ContractName, {replace = {}}: {replace?: Readonly<Record<string, string>>} = {}): Promise<CompiledCode> {
  const result = await runTolkCompiler({
    entrypointFileName: `${name}/${name}.tolk`,
    fsReadCallback: (path) => replace[path] ?? readFileSync(join(sources, path), 'utf8'),
  });
  if (result.status === 'error') throw new Error(`${name}: ${result.message}`);
  return {hash: result.codeHashHex.toLowerCase(), boc: result.codeBoc64};
}

async function main(): Promise<void> {
  const compiled = Object.fromEntries(await Promise.all(contractNames.map(async (name) => [name, await compile(name)] as const)));
  const text = `${JSON.stringify(compiled, undefined, 2)}\n`;
  if (process.argv.includes('--write')) writeFileSync(committed, text);
  const same = readFileSync(committed, 'utf8') === text;
  for (const [name, {hash}] of Object.entries(compiled)) process.stdout.write(`contracts: ${name} ${hash}\n`);
  if (same) return;
  process.stderr.write('The compiled contracts differ from contracts/code.json. If that is meant, run `node_modules/.bin/node contracts/compile.ts --write`: every app then speaks to new addresses.\n');
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
