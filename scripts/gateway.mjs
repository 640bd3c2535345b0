#!/usr/bin/env node
/** `npm run gateway [-- COMMAND]`, or `npx bombyx-gateway [COMMAND]` in a clone: installs what is missing, then runs the gateway: OpenAI's interface on this machine, sealed beyond it. */
import {sep} from 'node:path';
import {ensureDependencies, inProject, root, run, runtime} from './ensure.mjs';

if (root.includes(`${sep}node_modules${sep}`)) {
  // Node.js takes no TypeScript from there, and npm installed none of our tools.
  process.stderr.write('bombyx-gateway: sources that npm installed as a package do not run. Run it in a clone, or from its own package, which `npm run build:sdk` makes there: npx ./bombyx-gateway-VERSION.tgz. See docs/gateway.md.\n');
  process.exit(1);
}
await ensureDependencies();
process.exitCode = await run(runtime, [inProject('relay/gateway/gateway.ts'), ...process.argv.slice(2)]);
