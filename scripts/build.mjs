/** `npm run build`: compiles the contracts and holds their code against what is committed, then builds the app. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const contracts = await run(runtime, [inProject('contracts/compile.ts')]);
process.exitCode = contracts || (await run(runtime, [inProject('node_modules/vite/bin/vite.js'), 'build']));
