/** A worker for tests only: runs the acceptance suite over an engine in a real browser and posts what came of each case. */
import {type EntryOf, urlOf} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {transformersEngine} from '../engine-transformers.ts';
import {wllamaEngine} from '../engine-wllama.ts';
import type {Known, Subject, Variant} from './engine-subject.ts';
import {engineCases} from './engine-suite.ts';

/** What the test asks for: an engine, and its models by variant. */
export interface SuiteOrder {
  readonly device: 'webgpu' | 'wasm';
  readonly entries: Readonly<Record<Variant, EntryOf<'transformers' | 'wllama'>>>;
  readonly known: readonly Known[];
  readonly wide: Known;
  readonly long: Known;
  readonly unsure: string;
}

export type SuiteReport =
  | {readonly type: 'loaded'; readonly description: string; readonly concurrency: number; readonly ms: number}
  | {readonly type: 'case'; readonly name: string; readonly ms: number; readonly failure: string | undefined}
  | {readonly type: 'end'; readonly failure: string | undefined};

/** A case that still runs after this hangs. */
const hangsMs = 60_000;

const post = (report: SuiteReport): void => postMessage(report);

async function load({device, entries}: SuiteOrder, variant: Variant): Promise<Engine> {
  const {manifest, ...entry} = entries[variant];
  const options = {device, signal: new AbortController().signal, onProgress: () => {}};
  if (manifest.engine === 'transformers') return transformersEngine({...entry, manifest}, options);
  const responses = await Promise.all(manifest.files.map((file) => fetch(urlOf(manifest, file, location.origin))));
  return wllamaEngine({...entry, manifest}, {...options, blobs: await Promise.all(responses.map((response) => response.blob()))});
}

async function run(order: SuiteOrder): Promise<void> {
  const {known, wide, long, unsure} = order;
  const subject: Subject = {load: (variant) => load(order, variant), contextTokens: order.entries.plain.contextTokens, known, wide, long, unsure, exact: true};
  const start = performance.now();
  const engine = await subject.load('plain');
  post({type: 'loaded', description: engine.description, concurrency: engine.concurrency, ms: performance.now() - start});
  for (const [name, check] of Object.entries(engineCases)) {
    const began = performance.now();
    const failure = await Promise.race([check(engine, subject).then(() => undefined, messageOf), hangs()]);
    post({type: 'case', name, ms: performance.now() - began, failure});
  }
}

const hangs = (): Promise<string> => new Promise((resolve) => void setTimeout(resolve, hangsMs, `still runs after ${hangsMs / 1000} s`));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

addEventListener('message', ({data}: MessageEvent<SuiteOrder>) => {
  void run(data).then(() => post({type: 'end', failure: undefined}), (error: unknown) => post({type: 'end', failure: messageOf(error)}));
});
