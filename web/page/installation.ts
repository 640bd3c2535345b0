/** The app as an installed thing, of what the browser tells: its build, how to install it, whether its data is kept. */
import * as v from 'valibot';
import {toHex, utf8} from '#protocol/bytes.ts';
import {type Installation, type InstallationView, installWay, type Keeping, type RunningBuild} from '../state/installation.ts';
import {store} from '../state/store.ts';
import {installOffer} from './install-offer.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const described = v.object({hash, files: v.pipe(v.record(v.string(), hash), v.check((files) => Object.keys(files).length < 10_000))});

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

/** As `scripts/build-hash.ts` makes it. */
function hashOf(files: Readonly<Record<string, string>>): Promise<string> {
  const lines = Object.entries(files).toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([path, of]) => `${of}  ${path}\n`);
  return sha256(utf8(lines.join('')));
}

/** The document names every script of the page by its hash: so its own hash stands for all that runs. */
async function runningBuild(): Promise<RunningBuild> {
  try {
    const said = await fetch('/build.json', {cache: 'no-store'});
    const document = await fetch('/index.html');
    if (!said.ok || !document.ok) return {is: 'unknown'};
    const build = v.parse(described, await said.json());
    if ((await hashOf(build.files)) !== build.hash) return {is: 'unknown'};
    const runs = await sha256(new Uint8Array(await document.arrayBuffer()));
    return {is: runs === build.files['index.html'] ? 'served' : 'other', hash: build.hash};
  } catch {
    return {is: 'unknown'};
  }
}

const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches;

/** Not every browser has a store that can be asked. */
const manager = (): StorageManager | undefined => (navigator as {readonly storage?: StorageManager}).storage;

async function keepingNow(): Promise<Keeping> {
  const kept = await manager()?.persisted().catch(() => undefined);
  return kept === undefined ? 'unknown' : kept ? 'kept' : 'may-be-cleared';
}

export interface InstallationControl extends Installation {
  /** There is a first conversation: an installed app asks for room that stays. */
  noteConversation(): void;
}

export function createInstallation(): InstallationControl {
  const view = store<InstallationView>({keeping: 'unknown'});
  const look = async () => view.set({keeping: await keepingNow()});
  void look();
  let noted = false;
  const keep = async () => {
    await manager()?.persist().catch(() => false);
    await look();
  };
  return {
    view,
    get way() {
      return installWay({userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints, standalone: isInstalled(), offers: installOffer.get().offer !== undefined});
    },
    keep,
    build: runningBuild,
    noteConversation: () => {
      if (noted || !isInstalled()) return;
      noted = true;
      void keep();
    },
  };
}
