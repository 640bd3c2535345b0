/** `npm run screenshots`: takes the pictures of the app that its manifest and the documentation show, of a real relay and real answers. */
import {ensureBrowser, ensureBuild, ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const browser = await ensureBrowser();
await ensureBuild();
process.exitCode = await run(runtime, [inProject('scripts/screenshots.ts'), ...process.argv.slice(2)], {env: {BOMBYX_BROWSER: browser}});
