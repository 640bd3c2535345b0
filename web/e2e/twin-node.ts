/** Twins of models at a real relay: nodes in this process whose engines say what they are told, for journeys about what people see. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel, parseCatalogue} from '#protocol/models.ts';
import {freeOfCharge} from '#protocol/price.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {NodeJobs} from '#protocol/roles/node-jobs.ts';
import {sendStatus, serve} from '#protocol/roles/node.ts';
import {tasks} from '#protocol/task.ts';
import {systemClock} from '../platform/clock.ts';
import {openSocket} from '#sdk/socket.ts';

const entry = {
  id: 'twin',
  label: 'A twin',
  demo: false,
  licence: 'none',
  tasks: [...tasks],
  downloadBytes: 1,
  contextTokens: 4096,
  manifest: {engine: 'transformers', source: 'mirror/twin', dtype: 'fp32', files: [{path: 'config.json', bytes: 1, sha256: '0'.repeat(64)}]},
} satisfies CatalogueEntry;

/** A folder whose catalogue has the twin, so that the app believes what tasks it can do; its files are never asked for. */
export function twinMirror(): {readonly folder: string; remove(): void} {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-twin-'));
  writeFileSync(join(folder, 'models.json'), JSON.stringify({models: [entry]}));
  return {folder, remove: () => rmSync(folder, {recursive: true})};
}

export interface TwinNode {
  /** Goes away in the midst of whatever it does. */
  lose(): void;
}

/** A node at the relay; resolves when it was welcomed. */
export async function twinNode({url}: {readonly url: string}, engine: Engine): Promise<TwinNode> {
  const listed = parseCatalogue(await (await fetch(new URL('/models.json', url))).json()).find(({id}) => id === entry.id);
  if (!listed) throw new Error('the relay does not list the twin');
  const model = {hash: hashOfModel(listed), name: entry.id, contextTokens: entry.contextTokens, prices: freeOfCharge};
  const identity = await identityOf<NodeId>(await createSecret());
  const transport = await openSocket(new URL('/link', url.replace(/^http/, 'ws')).href);
  const jobs: NodeJobs = new NodeJobs({
    identity, engine, model, clock: systemClock, speed: () => 0, earningsOf: () => undefined,
    onChange: () => sendStatus({transport, jobs, engine}),
    onOutcome: () => {},
  });
  await new Promise<void>((resolve, reject) => {
    const stop = new AbortController();
    serve({transport, identity, engine, model, speeds: () => [], jobs, clock: systemClock, earnings: undefined, peer: '', isPaired: () => false, onWelcome: () => resolve()}, stop.signal).catch(reject);
  });
  return {lose: () => transport.close()};
}
