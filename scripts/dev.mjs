/** `npm run dev`: the relay, and the app from its sources with live reload. */
import {ensureDependencies, inProject, localMoney, relayFlags, run, runtime} from './ensure.mjs';

await ensureDependencies();
const codes = await Promise.all([run(runtime, [...relayFlags, '--watch', inProject('relay/relay.ts')], {env: localMoney}), run(runtime, [inProject('node_modules/vite/bin/vite.js')])]);
process.exitCode = Math.max(...codes);
