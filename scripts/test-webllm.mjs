/** `npm run test:webllm -- MODEL_FOLDER [--gpu]`: installs what is missing, then runs WebLLM for real over a model that you have. */
import {ensureBrowser, ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
const browser = await ensureBrowser();
process.exitCode = await run(runtime, [inProject('scripts/test-webllm.ts'), ...process.argv.slice(2)], {env: {BOMBYX_BROWSER: browser}});
