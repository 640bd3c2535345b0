/** `npm run soak -- --minutes N --seed S`: a relay, 500 nodes and 500 clients under kills and restarts; counts what must not be. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
process.exitCode = await run(runtime, [inProject('scripts/soak.ts'), ...process.argv.slice(2)]);
