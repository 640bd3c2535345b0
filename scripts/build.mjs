/** `npm run build`: compiles the contracts and holds their code against what is committed, builds the app, and holds its parts against their budgets. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const steps = [['contracts/compile.ts'], ['node_modules/vite/bin/vite.js', 'build'], ['node_modules/size-limit/bin.js']];
for (const [program, ...args] of steps) {
  process.exitCode = await run(runtime, [inProject(program), ...args]);
  if (process.exitCode) break;
}
