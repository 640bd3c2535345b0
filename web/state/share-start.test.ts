/** Sharing that starts with the app: as it was last, only where it is wanted and nothing else goes on. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readStarted, startWithApp} from './share-start.ts';
import {store} from './store.ts';
import type {ShareView} from './views.ts';

const choices = [{id: 'small', obstacle: undefined}, {id: 'large', obstacle: 'too large'}];

function stage({wanted = true, last = {choice: 'small', device: 'wasm'} as unknown, view: fields = {} as Partial<ShareView>} = {}) {
  const calls: string[] = [];
  const view = store({status: {is: 'off'}, elsewhere: false, choices, choice: 'tiny', device: 'webgpu', capability: {is: 'none'}, ...fields} as unknown as ShareView);
  const share = {view, choose: (id: string) => void calls.push(`choose ${id}`), start: async (device: string) => void calls.push(`start ${device}`)};
  const kept: unknown[] = [];
  const ended = startWithApp(share, {wanted, last: async () => last, keep: async (started) => void kept.push(started)});
  return {view, calls, kept, ended};
}

test('it starts as it was started last, after the check of the device', async () => {
  const {view, calls, ended} = stage({view: {capability: {is: 'checking'}}});
  await new Promise<void>((resolve) => void setImmediate(resolve));
  assert.deepEqual(calls, []);
  view.patch({capability: {is: 'none', why: 'unknown-browser', detail: ''}});
  await ended;
  assert.deepEqual(calls, ['choose small', 'start wasm']);
});

test('it does not start where nobody wants it, another tab leads, something goes on, or the model can not run', async () => {
  const stages = [stage({wanted: false}), stage({last: null}), stage({last: {choice: 'large', device: 'wasm'}}), stage({last: {choice: 'gone', device: 'wasm'}}), stage({view: {elsewhere: true}}), stage({view: {status: {is: 'connecting'}}})];
  for (const {ended, calls} of stages) {
    await ended;
    assert.deepEqual(calls, []);
  }
});

test('what did start is kept for the next visit', async () => {
  const {view, kept, ended} = stage({wanted: false});
  await ended;
  view.patch({status: {is: 'ready', jobs: 0}});
  view.patch({status: {is: 'ready', jobs: 1}});
  assert.deepEqual(kept, [{choice: 'tiny', device: 'webgpu'}]);
  view.patch({elsewhere: true, status: {is: 'off'}});
  view.patch({status: {is: 'ready', jobs: 0}});
  assert.equal(kept.length, 1, 'another tab keeps its own');
  for (const nonsense of [undefined, 7, {choice: 7, device: 'wasm'}, {choice: 'x', device: 'toaster'}]) assert.equal(readStarted(nonsense), undefined);
});
