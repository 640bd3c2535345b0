/** `npm run demo -- "a question"`: installs and builds what is missing, then asks in the terminal. */
import {ensureBrowser, ensureBuild, ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const browser = await ensureBrowser();
await ensureBuild();
process.exitCode = await run(runtime, [inProject('scripts/demo.ts'), ...process.argv.slice(2)], {env: {BOMBYX_BROWSER: browser}});
