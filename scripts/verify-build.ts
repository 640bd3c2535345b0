/** Builds the committed sources in a folder of their own and says which files of a build are others: of `dist/`, or of a relay whose address is given. */
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildHash, builtFiles, type BuiltFiles, differences} from './build-hash.ts';
import {servedFiles} from './served-files.ts';

const root = join(import.meta.dirname, '..');
const say = (text: string) => process.stdout.write(`${text}\n`);
const git = (...args: string[]): Buffer => execFileSync('git', args, {cwd: root, maxBuffer: 1 << 30});

/** The installed packages, where the build looks for its own: through a symbolic link their paths would be others, and with them the order of modules in the build. */
function lendPackages(folder: string): void {
  const packages = join(root, 'node_modules');
  try {
    execFileSync('cp', ['-al', packages, folder], {stdio: 'ignore'});
  } catch {
    // Another disk, or a system whose cp makes no hard links.
    cpSync(packages, join(folder, 'node_modules'), {recursive: true, verbatimSymlinks: true, force: true});
  }
}

/** The files of a build of the commit that is checked out. */
function rebuilt(): BuiltFiles {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-verify-'));
  try {
    execFileSync('tar', ['-x', '-C', folder], {input: git('archive', 'HEAD')});
    lendPackages(folder);
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {cwd: folder, stdio: ['ignore', 'ignore', 'inherit']});
    return builtFiles(join(folder, 'dist'));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

async function found(address: string | undefined, expected: BuiltFiles): Promise<BuiltFiles> {
  if (address !== undefined) return servedFiles(address, Object.keys(expected));
  const dist = join(root, 'dist');
  if (!existsSync(dist)) throw new Error('there is no dist/ to look at: run npm run build, or give the address of a relay');
  return builtFiles(dist);
}

try {
  const [address] = process.argv.slice(2);
  const where = address ?? 'dist/';
  say(`Building the committed sources (${git('rev-parse', 'HEAD').toString().trim()}) anew …`);
  const expected = rebuilt();
  const differing = differences(expected, await found(address, expected));
  say(`The build of these sources: ${buildHash(expected)}`);
  for (const {path, is} of differing) say(`  ${is.padEnd(7)}  ${path}`);
  say(differing.length === 0 ? `${where} is that build: all ${Object.keys(expected).length} files are the same.` : `${where} is not that build: ${differing.length} of its files differ, see above.`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`The check could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
