/** `npm start`: installs and builds what is missing, then runs the relay, which serves the app. */
import {ensureBuild, ensureDependencies, inProject, localMoney, relayFlags, run, runtime} from './ensure.mjs';

await ensureDependencies();
await ensureBuild();
process.exitCode = await run(runtime, [...relayFlags, inProject('relay/relay.ts'), ...process.argv.slice(2)], {env: localMoney});
