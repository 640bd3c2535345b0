/** What this device may share, and how: a model that several engines or kinds of GPU can run is offered once, in the way that was measured to be the fastest here. */
import type {CatalogueEntry, Manifest} from '#protocol/models.ts';
import {hashOfModel, needsHalf, tasksOf} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {Capability, Measured, ModelObstacle, ShareChoice} from './views.ts';

export type Kind = 'webgpu' | 'wasm';

/** One way to run a model. */
export interface Way {
  readonly entry: CatalogueEntry;
  readonly kind: Kind;
}

/** Tokens per second of all jobs at once, by `wayKey`, as this device measured them. */
export type Speeds = Readonly<Record<string, number>>;

export const wayKey = ({entry, kind}: Way): string => `${hashOfModel(entry)} ${kind}`;

/** The most that an engine wrote per second over all jobs; 0 where it was too slow to measure. */
export const bestOf = (speeds: readonly MeasuredSpeed[]): number => Math.max(0, ...speeds.map(({decode}) => decode / 10));

/** What was kept of earlier measurements; what is not that is forgotten. */
export const readSpeeds = (kept: unknown): Speeds =>
  typeof kept === 'object' && kept !== null ? Object.fromEntries(Object.entries(kept).filter((pair): pair is [string, number] => typeof pair[1] === 'number')) : {};

export const familyOf = ({family, id}: CatalogueEntry): string => family ?? id;

/** How the models of one family can run here, in the order of the catalogue; of one engine only the entry that uses most of this GPU. */
export function waysOf(entries: readonly CatalogueEntry[], capability: Capability): readonly Way[] {
  const runnable = entries.flatMap((entry) => kindsOf(entry, capability).map((kind) => ({entry, kind})));
  return runnable.filter((way) => !runnable.some((other) => other.kind === way.kind && engineOf(other.entry) === engineOf(way.entry) && needs(other.entry) > needs(way.entry)));
}

/** The fastest of the ways that were measured; without any the first. Those of the wanted kind come first. */
export function bestWay(ways: readonly Way[], {speeds, kind}: {speeds: Speeds; kind: Kind}): Way | undefined {
  const wanted = ways.filter((way) => way.kind === kind);
  return (wanted.length > 0 ? wanted : ways).toSorted((left, right) => (speeds[wayKey(right)] ?? 0) - (speeds[wayKey(left)] ?? 0))[0];
}

/** Ways that a person can start here and would compare: the processor only where the GPU is none. */
export const comparable = (ways: readonly Way[], capability: Capability): readonly Way[] =>
  capability.is === 'webgpu' && !capability.fallback ? ways.filter(({kind}) => kind === 'webgpu') : ways;

/** The catalogue as this device may choose from it. */
export function choicesFor(catalogue: readonly CatalogueEntry[], {capability, measured, speeds}: {capability: Capability; measured?: Measured | undefined; speeds: Speeds}): readonly ShareChoice[] {
  return Object.values(Object.groupBy(catalogue, familyOf)).map((entries = []) => {
    const ways = waysOf(entries, capability);
    const entry = bestWay(ways, {speeds, kind: 'webgpu'})?.entry ?? entries[0];
    if (!entry) throw new Error('a family of nobody');
    const {label, demo, licence, downloadBytes} = entry;
    const tasks = tasksOf(entry);
    return {
      id: familyOf(entry), models: entries.map(({id}) => id), label, demo, licence, downloadBytes, tasks,
      obstacle: ways.length > 0 ? undefined : obstacleOf(entry, capability),
      expected: demo || !tasks.includes('chat') ? undefined : expectedSpeed(downloadBytes, measured),
      gpuMemoryBytes: gpuMemoryOf(entry),
      ways: comparable(ways, capability).map((way) => ({engine: engineNames[way.entry.manifest.engine], kind: way.kind, speed: speeds[wayKey(way)]})),
    };
  });
}

const needs = ({manifest}: CatalogueEntry): number => ('features' in manifest ? manifest.features.length : 0);

const engineNames: Readonly<Record<Manifest['engine'], string>> = {'transformers': 'transformers.js', 'wllama': 'llama.cpp', 'webllm': 'WebLLM', 'webllm-list': 'WebLLM'};
const engineOf = ({manifest}: CatalogueEntry): string => engineNames[manifest.engine];

/** Engines in browsers reach about half of what reading all weights once for each token would allow. */
const shareOfBandwidth = 0.45;

/** Tokens per second of a model of so many bytes; undefined before a measurement. */
function expectedSpeed(bytes: number, measured: Measured | undefined): number | undefined {
  return measured && (measured.bytesPerSecond * shareOfBandwidth) / bytes;
}

function kindsOf(entry: CatalogueEntry, capability: Capability): readonly Kind[] {
  if (obstacleOf(entry, capability) !== undefined) return [];
  const {engine} = entry.manifest;
  const processor: readonly Kind[] = engine === 'transformers' || engine === 'wllama' ? ['wasm'] : [];
  // While nobody knows yet, what is asked for is tried.
  const canUseGpu = capability.is === 'checking' || (capability.is === 'webgpu' && (engine !== 'wllama' || (capability.f16 && capability.jspi)) && (capability.f16 || !needsHalf(entry)));
  return canUseGpu ? ['webgpu', ...processor] : processor;
}

function obstacleOf(entry: CatalogueEntry, capability: Capability): ModelObstacle | undefined {
  const {manifest, memoryBytes = entry.downloadBytes} = entry;
  const budget = capability.is === 'webgpu' ? capability.budgetBytes : undefined;
  if (budget !== undefined && memoryBytes > budget) return 'too-large';
  if (manifest.engine !== 'webllm' && manifest.engine !== 'webllm-list') return undefined;
  if (capability.is === 'checking') return 'checking';
  if (capability.is === 'none') return 'no-webgpu';
  if (capability.fallback) return 'no-real-gpu';
  return needsHalf(entry) && !capability.f16 ? 'no-half' : undefined;
}

/** By the half gigabyte and never too low: an operating system and other tabs take their share too. */
function gpuMemoryOf({memoryBytes}: CatalogueEntry): number | undefined {
  return memoryBytes === undefined ? undefined : Math.ceil(memoryBytes / 5e8) * 5e8;
}
