/** The devices of its person that this gateway is paired with, in a file for its owner alone. */
import {existsSync, readFileSync} from 'node:fs';
import * as v from 'valibot';
import {deviceId, type NodeId, nodeId} from '#protocol/ids.ts';
import type {PairingKeys} from '#protocol/pairing.ts';
import {requireOwnerOnly} from '../money/key-files.ts';
import {writeDurably} from './durable-file.ts';

const device = v.object({node: v.pipe(v.string(), v.transform(nodeId)), device: v.pipe(v.string(), v.transform(deviceId)), name: v.pipe(v.string(), v.maxLength(160))});
const file = v.strictObject({version: v.literal(1), devices: v.pipe(v.array(device), v.maxLength(64))});
export type PairedDevice = v.InferOutput<typeof device>;

export class PairedDevices {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.list();
  }

  /** As the file has them now: another process may pair meanwhile. @throws Error that names the file when it is damaged, or others may read it */
  list(): readonly PairedDevice[] {
    if (!existsSync(this.#path)) return [];
    requireOwnerOnly(this.#path);
    try {
      return v.parse(file, JSON.parse(readFileSync(this.#path, 'utf8'))).devices;
    } catch (cause) {
      throw new Error(`${this.#path} is damaged. Nothing was changed; put it back from its copy, or remove it and pair your devices anew.`, {cause});
    }
  }

  get nodes(): readonly NodeId[] {
    return this.list().map(({node}) => node);
  }

  async add({node, device: key}: PairingKeys, name: string): Promise<void> {
    await this.#write([...this.list().filter((each) => each.node !== node), {node, device: key, name}]);
  }

  /** Whether there was one whose name or key begins so. */
  async remove(which: string): Promise<boolean> {
    const all = this.list();
    const rest = all.filter(({node, name}) => name !== which && !node.startsWith(which.toLowerCase()));
    await this.#write(rest);
    return rest.length < all.length;
  }

  #write(devices: readonly PairedDevice[]): Promise<void> {
    return writeDurably(this.#path, `${JSON.stringify({version: 1, devices}, null, 2)}\n`);
  }
}
