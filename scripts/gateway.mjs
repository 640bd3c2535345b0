/** `npm run gateway [-- COMMAND]`: installs what is missing, then runs the gateway: OpenAI's interface on this machine, sealed beyond it. */
import {ensureDependencies, inProject, run, runtime} from './ensure.mjs';

await ensureDependencies();
process.exitCode = await run(runtime, [inProject('relay/gateway/gateway.ts'), ...process.argv.slice(2)]);
