/** `npm run check`: types, arrows between folders, dead code, lint, the contracts' code. All run, also when one fails. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

const checks = [
  ['types', 'node_modules/typescript/bin/tsc', ['-b']],
  ['arrows', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ['protocol', 'sdk', 'contracts', 'relay', 'web', 'sw', 'bench', 'scripts', 'models', 'playwright.config.ts', 'vite.config.ts', 'vite.packages.config.ts', '--config', '.dependency-cruiser.js']],
  ['dead code', 'node_modules/knip/bin/knip.js', []],
  ['lint', 'node_modules/oxlint/bin/oxlint', ['--quiet']],
  ['contracts', 'contracts/compile.ts', []],
];

await ensureDependencies();
let failed = 0;
for (const [name, program, args] of checks) {
  const start = Date.now();
  const code = await run(runtime, [inProject(program), ...args]);
  process.stdout.write(`check: ${name} ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`);
  failed += code === 0 ? 0 : 1;
}
process.exitCode = failed === 0 ? 0 : 1;
