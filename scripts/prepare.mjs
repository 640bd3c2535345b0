/** What npm runs after an installation here, and before it makes a package of this repository for whoever gave it the address: builds what that package holds. */
import {existsSync} from 'node:fs';
import {ensurePackages, inProject, runtime} from './ensure.mjs';

// An installation without the tools (`--omit=dev`) is for a server that runs the sources.
if (existsSync(runtime) && existsSync(inProject('node_modules/vite'))) await ensurePackages();
