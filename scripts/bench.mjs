/** `npm run bench -- NAME...`: installs and builds what is missing, then measures. */
import {ensureBrowser, ensureBuild, ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const browser = await ensureBrowser();
await ensureBuild();
process.exitCode = await run(runtime, [inProject('bench/bench.ts'), ...process.argv.slice(2)], {env: {BOMBYX_BROWSER: browser}});
