/** `npm run build`: compiles the contracts and holds their code against what is committed, builds the app, the library and the gateway's package, and holds their parts against their budgets. `npm run build:sdk` builds the last two alone. */
import {ensureDependencies, inProject, packageBuild, packageModes, run, runtime} from './ensure.mjs';

await ensureDependencies();
const [half] = process.argv.slice(2);
const app = half === 'sdk' ? [] : [[inProject('contracts/compile.ts')], [inProject('node_modules/vite/bin/vite.js'), 'build']];
const steps = [...app, ...packageModes.map(packageBuild), [inProject('node_modules/size-limit/bin.js')]];
for (const step of steps) {
  process.exitCode = await run(runtime, step, {env: half === 'sdk' ? {BOMBYX_BUDGETS: 'sdk'} : {}});
  if (process.exitCode) break;
}
