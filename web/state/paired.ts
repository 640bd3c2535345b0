/** Paired devices as this browser kept them: what makes no sense in the store is left out. */
import {deviceId, nodeId} from '#protocol/ids.ts';
import type {PairedDevice} from './views.ts';

const mostDevices = 64;
const longestName = 160;
/** Asked twice within this, a device need not be written again, ms. */
const noteEveryMs = 60_000;

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function readOne(kept: unknown): PairedDevice[] {
  if (typeof kept !== 'object' || kept === null) return [];
  const {id, name, node, device, since, lastUsed} = kept as Record<string, unknown>;
  if (typeof node !== 'string' || typeof device !== 'string' || id !== node || typeof name !== 'string' || !isTime(since)) return [];
  try {
    return [{id: node, name: name.slice(0, longestName), node: nodeId(node), device: deviceId(device), since, ...(isTime(lastUsed) ? {lastUsed} : {})}];
  } catch {
    return [];
  }
}

export const readPaired = (kept: readonly unknown[]): readonly PairedDevice[] => kept.slice(0, mostDevices).flatMap(readOne);

/** Whether a use now says more than what was kept. */
export const isWorthNoting = ({lastUsed}: PairedDevice, now: number): boolean => lastUsed === undefined || Math.abs(now - lastUsed) >= noteEveryMs;
