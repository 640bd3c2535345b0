/**
 * Breaks the contracts one line at a time and sees that a test fails each time: `node contracts/mutants.ts`, a few minutes.
 * The result is committed with a hash of everything it depends on; `mutants.test.ts` fails when that is stale or a mutant lives.
 */
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {compile, type ContractName, contractNames} from './compile.ts';

const folder = import.meta.dirname;
export const resultFile = join(folder, 'mutants.json');

/** What the last run found. */
export interface MutationResult {
  /** SHA-256 over sources, tests and this script. */
  readonly inputs: string;
  readonly mutants: number;
  /** Mutants that no test noticed. */
  readonly alive: readonly string[];
  /** Mutants that the compiler refused; they count as killed. */
  readonly refused: number;
}

/** The hash that makes a result stale when anything changes that it depends on. */
export function inputsHash(): string {
  const hash = createHash('sha256');
  for (const path of globSync(['**/*.tolk', '*/*.test.ts', 'testing/stage.ts', 'mutants.ts'], {cwd: folder}).toSorted()) hash.update(path).update('\0').update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}

interface Mutant {
  readonly name: string;
  readonly contract: ContractName;
  readonly path: string;
  readonly source: string;
}

/** How a line is broken; undefined leaves it alone. */
const breakages: readonly {readonly what: string; apply(line: string): string | undefined}[] = [
  {what: 'without', apply: (line) => (/^\s*(assert \(|state\.save\(\)|acceptExternalMessage|reserveToncoins|.* [+-]= )/.test(line) ? '' : undefined)},
  {what: 'at the edge', apply: (line) => (/^\s*assert .*(>=|<=)/.test(line) ? line.replace('>=', '>').replace('<=', '<') : undefined)},
  {what: 'constant epoch', apply: (line) => (line.includes('state.epoch = ') ? line.replace(/= .*/, '= 1;') : undefined)},
  {what: 'withdrawal not ended', apply: (line) => (/state\.(finishAt|requested|exitAt|exitAmount) = 0;/.test(line) ? '' : undefined)},
  {what: 'without a floor', apply: (line) => (line.includes('max(0, ') ? line.replace('max(0, ', '(') : undefined)},
  {what: 'without the network', apply: (line) => (line.includes('networkGlobalId()') && line.includes('storeAny') ? line.replace('networkGlobalId()', '-239') : undefined)},
];

/** Lines that are equal in effect to what they are changed into, each with its reason. */
const equivalent: Readonly<Record<string, string>> = {};

const filesOf = (contract: ContractName): readonly string[] => [...globSync(`${contract}/*.tolk`, {cwd: folder})].filter((path) => /\/(channel|vault|node-account|bond|signed)\.tolk$/.test(path)).toSorted();

function mutantsOf(contract: ContractName): Mutant[] {
  return filesOf(contract).flatMap((path) => {
    const lines = readFileSync(join(folder, path), 'utf8').split('\n');
    return lines.flatMap((line, index) =>
      breakages.flatMap(({what, apply}) => {
        const broken = line.trimStart().startsWith('//') ? undefined : apply(line);
        const name = `${path}:${index + 1} ${what}: ${line.trim()}`;
        return broken === undefined || name in equivalent ? [] : [{name, contract, path, source: lines.with(index, broken).join('\n')}];
      }),
    );
  });
}

const testsOf: Readonly<Record<ContractName, string>> = {channel: 'channel/channel.test.ts', vault: 'vault/vault.test.ts', 'node-account': 'vault/vault.test.ts', bond: 'bond/bond.test.ts'};

/** A module that puts a mutant's code in the place of the committed one. */
function substitute(codeFile: string): string {
  const url = JSON.stringify(pathToFileURL(codeFile).href);
  const source = `import {registerHooks} from 'node:module'; registerHooks({resolve: (specifier, context, next) => { const found = next(specifier, context); return found.url.endsWith('/contracts/code.json') ? {...found, url: ${url}} : found; }});`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Whether the contract's tests pass with this code. */
function survives(contract: ContractName, codeFile: string): Promise<boolean> {
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const args = ['--import', substitute(codeFile), '--test', '--test-name-pattern=prices 2026', join(folder, testsOf[contract])];
  const child = spawn(process.execPath, args, {stdio: 'ignore', env});
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'bombyx-mutants-'));
  const committed = JSON.parse(readFileSync(join(folder, 'code.json'), 'utf8')) as Record<ContractName, object>;
  const queue = contractNames.flatMap(mutantsOf);
  const total = queue.length;
  const alive: string[] = [];
  let refused = 0;
  const worker = async (id: number) => {
    const codeFile = join(work, `${id}.json`);
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const {contract, path, source, name} = mutant;
      const code = await compile(contract, {replace: {[path]: source}}).catch(() => undefined);
      if (!code) refused += 1;
      else {
        writeFileSync(codeFile, JSON.stringify({...committed, [contract]: code}));
        if (await survives(contract, codeFile)) alive.push(name);
      }
      process.stdout.write(`${total - queue.length} of ${total}${alive.length > 0 ? `, ${alive.length} alive` : ''}\r`);
    }
  };
  await Promise.all(Array.from({length: availableParallelism()}, (_, id) => worker(id)));
  rmSync(work, {recursive: true});
  const result: MutationResult = {inputs: inputsHash(), mutants: total, alive: alive.toSorted(), refused};
  writeFileSync(resultFile, `${JSON.stringify(result, undefined, 2)}\n`);
  process.stdout.write(`\n${total} mutants, ${alive.length} alive\n${alive.join('\n')}\n`);
  process.exitCode = alive.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
