/** Installs what is missing, and says so. Runs on any Node.js from version 20, before any dependency exists. */
import {spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {constants} from 'node:os';
import {basename, delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Node.js of the version that the project runs on, from its npm package. */
export const runtime = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

const say = (text) => process.stdout.write(`bombyx: ${text}\n`);
/** A path below the project's folder. */
export const inProject = (...path) => join(root, ...path);

/** Runs a program with our input and output; passes signals on; resolves with its exit code. */
export function run(command, args, {env = {}, onOutput} = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {cwd: root, env: {...process.env, ...env}, stdio: ['inherit', onOutput ? 'pipe' : 'inherit', 'inherit']});
    child.stdout?.on('data', (bytes) => {
      process.stdout.write(bytes);
      onOutput(String(bytes));
    });
    // Ctrl+C in a terminal reaches the child by itself, and a second one would end it at once: then we only wait.
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('error', (error) => {
      process.stderr.write(`bombyx: ${command} did not start: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

async function must(what, ...command) {
  const code = await run(...command);
  if (code === 0) return;
  process.stderr.write(`bombyx: ${what} failed (exit code ${code}). The lines above say why; mend it and run the same command again.\n`);
  process.exit(code);
}

/** Installs the dependencies of package-lock.json unless just they are installed. */
export async function ensureDependencies() {
  const lock = createHash('sha256').update(readFileSync(inProject('package-lock.json'))).digest('hex');
  const stamp = inProject('node_modules/.bombyx-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(runtime)) return;
  say('installing the dependencies (about a minute, once)');
  // Not `npm ci`: binaries for systems that the lock file was not written on are missing from it, and `ci` refuses that.
  const npm = process.env['npm_execpath'];
  const isNpm = npm !== undefined && basename(npm) === 'npm-cli.js';
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  await must('the installation', ...(isNpm ? [process.execPath, [npm, ...args]] : ['npm', args]));
  writeFileSync(stamp, lock);
}

/** V8 would keep ever more memory for young objects, 100 MB after ten thousand handshakes, and forwards no faster with it (`npm run bench -- idle relay`). */
export const relayFlags = ['--max-semi-space-size=16'];

/** A relay for this machine alone brings coins without value, to try things out; one that others may reach has no money unless its operator names a network. */
export const localMoney = ['BOMBYX_NETWORK', 'HOST', 'BOMBYX_ALLOWED_HOSTS'].some((key) => process.env[key]) ? {} : {BOMBYX_NETWORK: 'devnet'};

const sources = ['web', 'sw', 'protocol', 'sdk', 'contracts', 'public', 'package-lock.json', 'vite.config.ts', 'package.json', 'scripts/wllama-thread.ts', 'scripts/integrity.ts', 'scripts/build-hash.ts'];

/** Builds the app when it is missing or older than a source of it. */
export async function ensureBuild() {
  const built = inProject('dist/index.html');
  if (existsSync(built) && sources.every((source) => newest(inProject(source)) <= statSync(built).mtimeMs)) return;
  say('building the app');
  await must('the build', runtime, [inProject('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error']);
}

const packageSources = ['sdk', 'relay', 'protocol', 'contracts', 'package-lock.json', 'package.json', 'vite.packages.config.ts'];

/** Builds the library and the gateway's package when one is missing or older than a source of it. */
export async function ensurePackages() {
  const built = [inProject('dist-sdk/package.json'), inProject('dist-gateway/package.json')];
  const changed = Math.max(...packageSources.map((source) => newest(inProject(source))));
  if (built.every((file) => existsSync(file) && changed <= statSync(file).mtimeMs)) return;
  say('building the library and the gateway');
  for (const mode of packageModes) await must('the build', runtime, packageBuild(mode));
}

/** What is built as packages: the library, and the gateway. */
export const packageModes = ['sdk', 'gateway'];
/** @param mode one of these */
export const packageBuild = (mode) => [inProject('node_modules/vite/bin/vite.js'), 'build', '--config', inProject('vite.packages.config.ts'), '--mode', mode, '--logLevel', 'warn'];

/** The newest change below a path, ms. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== '.types').map((name) => newest(join(path, name)));
  return Math.max(0, ...inside);
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'chrome.exe'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((key) => (process.env[key] ? [join(process.env[key], 'Google/Chrome/Application/chrome.exe')] : [])),
];

const installedBrowser = () =>
  [...(process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(
    (path) => existsSync(path),
  );

/** The browser of the environment, if it names one. */
function chosenBrowser() {
  const path = process.env['BOMBYX_BROWSER'];
  if (!path || existsSync(path)) return path;
  process.stderr.write(`bombyx: BOMBYX_BROWSER names ${path}, where no file is. Correct it or unset it.\n`);
  process.exit(1);
}

/** Installs packages of Debian for the tests; false where that can't be done here. */
async function installFromDebian(packages) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  say(`installing for the tests, from Debian: ${packages.join(' ')}`);
  const quiet = {env: {DEBIAN_FRONTEND: 'noninteractive'}};
  return ((await run('apt-get', ['update', '-q'], quiet)) || (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], quiet))) === 0;
}

/** Servers that some tests start for themselves; their Debian packages bear the same names. */
const servers = {'nats-server': 'nats-server', 'turnserver': 'coturn'};

/** Installs the servers that tests start, where it can; tests of one that is missing say that they were skipped. */
export async function ensureServers() {
  const missing = Object.entries(servers).filter(([program]) => programAt(program) === undefined);
  if (missing.length > 0) await installFromDebian(missing.map(([, name]) => name));
}

/** The path of a program; Debian keeps servers where only root looks. */
const programAt = (program) =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, program)).find((path) => existsSync(path));

/** The path of a Chromium or Chrome: the chosen one, else an installed one, else Debian's, else Playwright's own. */
export async function ensureBrowser() {
  const chosen = chosenBrowser();
  if (chosen) return chosen;
  const found = installedBrowser();
  if (found) return found;
  const installed = (await installFromDebian(['chromium'])) && installedBrowser();
  if (installed) return installed;
  say("downloading Playwright's chromium for the tests");
  await must('the download of a browser', runtime, [inProject('node_modules/playwright/cli.js'), 'install', 'chromium']);
  return createRequire(import.meta.url)('playwright').chromium.executablePath();
}
