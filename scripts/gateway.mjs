#!/usr/bin/env node
/** `npm run gateway [-- COMMAND]`, or `npx bombyx-gateway [COMMAND]`: OpenAI's interface on this machine, sealed beyond it. In a clone it installs what is missing and runs the sources; what npm installed from the address of this repository is built already. */
import {existsSync} from 'node:fs';

const source = 'relay/gateway/gateway.ts';

if (existsSync(new URL(`../${source}`, import.meta.url))) {
  const {ensureDependencies, inProject, run, runtime} = await import('./ensure.mjs');
  await ensureDependencies();
  process.exitCode = await run(runtime, [inProject(source), ...process.argv.slice(2)]);
} else await import('../dist-gateway/gateway.mjs');
