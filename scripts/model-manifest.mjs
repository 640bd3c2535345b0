/** `npm run model:manifest -- URL_OR_FOLDER [options]`: installs what is missing, then makes a model's entry for the catalogue. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
process.exitCode = await run(runtime, [inProject('models/model-manifest.ts'), ...process.argv.slice(2)]);
