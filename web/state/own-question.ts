/** A question of this person's to their own computer, through the relay like any other job: whoever shares holds a real receipt at once. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {type CatalogueEntry, hashOfModel, tasksOf} from '#protocol/models.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {isFree} from '#protocol/price.ts';
import type {AskRequest} from './chat.ts';
import {type Readable, store} from './store.ts';

export type OwnQuestionView =
  | {readonly is: 'ready'}
  | {readonly is: 'asking'}
  /** The receipt was checked by the same code as any other. */
  | {readonly is: 'done'; readonly milliseconds: number; readonly text: string}
  | {readonly is: 'failed'; readonly code: ErrorCode};

export interface OwnQuestion {
  readonly view: Readable<OwnQuestionView>;
  ask(): Promise<void>;
}

export interface OwnQuestionOptions {
  ask(request: AskRequest): AsyncIterable<AskEvent>;
  directory(): Promise<readonly NodeRecord[]>;
  readonly node: NodeId;
  readonly catalogue: readonly CatalogueEntry[];
  now(): number;
}

const question = 'Count from 1 to 5.';
const maxTokens = 32;
/** Of an answer that is shown. */
const shownLength = 80;
/** Longer than the relay lets a job wait nobody watches. */
const patienceMs = 60_000;

export function createOwnQuestion({ask, directory, node, catalogue, now}: OwnQuestionOptions): OwnQuestion {
  const view = store<OwnQuestionView>({is: 'ready'});
  /** What this computer writes with, and asks nothing for. */
  const modelOf = async (): Promise<ModelHash> => {
    const offered = (await directory()).find((record) => record.node === node)?.models ?? [];
    const writes = offered.find(({model, prices}) => isFree(prices) && tasksOf(catalogue.find((entry) => hashOfModel(entry) === model) ?? {}).includes('chat'));
    if (!writes) throw new NetworkError('no-node', 'this computer is not in the directory');
    return writes.model;
  };
  const run = async () => {
    const began = now();
    let text = '';
    let checked = false;
    const job = {task: 'chat', messages: [{role: 'user', content: question}], maxTokens} as const;
    for await (const event of ask({model: await modelOf(), job, level: 'network', sensitive: false, prefer: node, only: new Set([node]), priceCap: 0n, signal: AbortSignal.timeout(patienceMs)})) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'done') checked = true;
    }
    if (!checked) throw new NetworkError('bad-receipt', 'none came');
    view.set({is: 'done', milliseconds: now() - began, text: text.trim().slice(0, shownLength)});
  };
  return {
    view,
    ask: async () => {
      if (view.get().is === 'asking') return;
      view.set({is: 'asking'});
      await run().catch((error: unknown) => view.set({is: 'failed', code: codeOf(error)}));
    },
  };
}
