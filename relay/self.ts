/** Who this relay is: a key in its data folder, made at the first start, and what its operator says in the settings. */
import {join} from 'node:path';
import type {RelayId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import type {RelayFacts} from '#protocol/relay-record.ts';
import {relaySelf, type ShowSelf} from '#protocol/roles/relay-self.ts';
import {systemClock} from './clock.ts';
import type {Config} from './config.ts';
import {identityOfSeed, readOrMakeSeed} from './money/key-files.ts';

/** @throws Error that names the file when it holds no key, or others may read it */
export async function openSelf(config: Config): Promise<ShowSelf> {
  // Beside the folders of the networks: a relay stays who it is when it begins to take money.
  const identity = await identityOfSeed<RelayId>(seedIn(config.data));
  return relaySelf({identity, clock: systemClock, facts: factsOf(config)});
}

function seedIn(folder: string): Buffer {
  try {
    return readOrMakeSeed(join(folder, 'relay-key'));
  } catch (cause) {
    const isSystems = cause instanceof Error && 'code' in cause;
    throw isSystems ? new Error(`The relay did not start: it can not keep its key in ${folder}. Name a folder that it may write to with BOMBYX_DATA.`, {cause}) : cause;
  }
}

function factsOf({name, publicUrl, contact, money, linksPerAddress}: Config): RelayFacts {
  return {
    name,
    address: publicUrl ?? '',
    contact,
    feePermille: money?.feePermille ?? 0,
    freeAnswers: money?.trial?.perDevice ?? 0,
    linksPerAddress,
    jobsPerLink: limits.maxJobsPerClient,
    waitSeconds: limits.queueMs / 1000,
  };
}
