/** `npm run verify-build [-- ADDRESS]`: builds the committed sources anew and holds `dist/`, or what a running relay serves, against that, file by file. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
process.exitCode = await run(runtime, [inProject('scripts/verify-build.ts'), ...process.argv.slice(2)]);
