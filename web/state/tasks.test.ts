/** Tasks: what is asked of the network, what is shown of its answers, and that nothing void, stopped or late is taken for a result. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {Queue} from '#protocol/queue.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {Item} from '#protocol/result.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from './chat.ts';
import type {MediaDesk} from './task-files.ts';
import {type TaskKind, taskKinds} from './task-views.ts';
import {choiceOf, createTasks} from './tasks.ts';
import type {ModelChoice} from './views.ts';

const [model, other] = ['aa', 'cc'].map((pair) => pair.repeat(32) as ModelHash) as [ModelHash, ModelHash];
const [node, second] = ['bb', 'dd'].map((pair) => pair.repeat(32) as NodeId) as [NodeId, NodeId];
const prices = {prompt: 1_000_000n, cached: 1_000_000n, completion: 1_000_000n, reasoning: 0n};
const choice: ModelChoice = {hash: model, label: 'a model', demo: false, tasks: taskKinds, nodes: 2, mine: 1, unpayable: 0, prices: [prices], claimed: 0};
const bound = (at = node): AskEvent => ({type: 'bound', node: at, route: 'relayed'});
const done: AskEvent = {type: 'done', receipt: {price: 3n} as Receipt};
const item = (said: Item): AskEvent => ({type: 'item', item: said, tokens: 1});
const line = (startMs: number, endMs: number, text: string): Item => ({startMs, endMs, text});
const vector = (...numbers: number[]): Item => ({vector: Float32Array.from(numbers)});
const bytes = (length: number) => new Uint8Array(length);

const desk: MediaDesk = {
  picture: async () => ({bytes: bytes(500), width: 4, height: 3}),
  sound: async () => ({milliseconds: 60_000, pieces: [{startMs: 0, audio: bytes(240)}, {startMs: 28_000, audio: bytes(250)}]}),
  film: async (_, {count}) => ({milliseconds: count * 1000, frames: Array.from({length: count}, (_frame, index) => ({atMs: index * 1000, image: bytes(9)}))}),
};

/** Tasks whose network is driven by the test. */
function stage({kind, media = desk}: {kind: TaskKind; media?: MediaDesk}) {
  const requests: (AskRequest & {events: Queue<AskEvent>})[] = [];
  let ids = 0;
  let time = 1000;
  const tasks = createTasks({
    ask: (request) => {
      const events = new Queue<AskEvent>();
      request.signal.addEventListener('abort', () => events.fail(request.signal.reason));
      requests.push({...request, events});
      return events;
    },
    desk: media,
    ownModels: () => ({models: [], shared: undefined}),
    sensitive: () => false,
    priceCap: () => 10n ** 12n,
    newId: () => `id${(ids += 1)}`,
    now: () => (time += 10),
  });
  tasks.setModels([choice]);
  tasks.show(kind);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** What the network says to the request with this number. */
  const say = async (index: number, events: readonly AskEvent[], end: 'ends' | 'goes on' = 'ends') => {
    await turn();
    const request = requests[index];
    assert.ok(request, `request ${index}`);
    for (const event of events) request.events.push(event);
    if (end === 'ends') request.events.end();
    await turn();
    return request;
  };
  return {tasks, requests, say, turn, result: () => tasks.view.get().results[kind]};
}

const file = (name = 'a file') => new File([], name);

test('a picture: the question goes with it, the answer streams as a text', async () => {
  const {tasks, say, result} = stage({kind: 'image-text'});
  tasks.change('image-text', {question: ' What is this? '});
  await tasks.take('image-text', file());
  const ran = tasks.run();
  const {job} = await say(0, [bound(), {type: 'text', text: 'A cat', tokens: 2}], 'goes on');
  assert.ok(job.task === 'image-text');
  assert.deepEqual([job.messages[0]?.content, job.messages[0]?.images.length, job.maxTokens], ['What is this?', 1, 512]);
  assert.deepEqual([tasks.view.get().stage, tasks.view.get().running, result()?.turn.text, result()?.turn.status], ['answering', 'image-text', 'A cat', 'streaming']);
  await say(0, [{type: 'text', text: '.', tokens: 1}, done]);
  await ran;
  assert.deepEqual([result()?.turn.text, result()?.turn.status, tasks.view.get().stage, tasks.view.get().running], ['A cat.', 'done', 'idle', undefined]);
  const {provenance} = result()?.turn ?? {};
  assert.deepEqual([provenance?.nodes, provenance?.price, provenance?.receipt, provenance?.tokens, provenance?.model], [[node], 3n, 'valid', 3, 'a model']);
});

test('a long sound is several jobs, its lines have the times of the whole; prices add up, a computer is named once', async () => {
  const {tasks, requests, say, result} = stage({kind: 'transcription'});
  tasks.change('transcription', {language: 'de'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  const one = await say(0, [bound(), item(line(0, 2000, 'one')), done]);
  assert.ok(one.job.task === 'transcription' && one.job.language === 'de');
  assert.deepEqual([result()?.jobs, requests.length, one.prefer], [{done: 1, all: 2}, 2, undefined]);
  const two = await say(1, [bound(), item(line(500, 1500, 'two')), done]);
  await ran;
  assert.equal(two.prefer, node, 'who heard the beginning hears the rest');
  assert.deepEqual(result()?.items, [line(0, 2000, 'one'), line(28_500, 29_500, 'two')]);
  assert.deepEqual([result()?.turn.provenance?.price, result()?.turn.provenance?.nodes, result()?.turn.provenance?.receipt], [6n, [node], 'valid']);
  assert.deepEqual(result()?.jobs, {done: 2, all: 2});
});

test('what came of a job that is done anew is void; what came of the jobs before it stays', async () => {
  const {tasks, say, result} = stage({kind: 'transcription'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  await say(0, [bound(), item(line(0, 1000, 'kept')), done]);
  await say(1, [bound(), item(line(0, 1000, 'void')), {type: 'resuming', lost: node, code: 'stalled', kept: false}], 'goes on');
  assert.deepEqual([result()?.items.length, tasks.view.get().stage], [1, 'resuming']);
  await say(1, [bound(second), item(line(0, 900, 'anew')), done]);
  await ran;
  assert.deepEqual(result()?.items, [line(0, 1000, 'kept'), line(28_000, 28_900, 'anew')]);
  assert.deepEqual([result()?.turn.provenance?.nodes, result()?.turn.provenance?.tokens], [[node, second], 2]);
});

test('what is kept after a loss is not asked for again and not shown twice', async () => {
  const {tasks, say, result} = stage({kind: 'embeddings'});
  tasks.change('embeddings', {texts: 'a\nb'});
  const ran = tasks.run();
  await say(0, [bound(), item(vector(1, 0)), {type: 'resuming', lost: node, code: 'stalled', kept: true}, bound(second), item(vector(0, 1)), done]);
  await ran;
  assert.equal(result()?.items.length, 2);
});

test('a job without a receipt leaves the whole without one', async () => {
  const {tasks, say, result} = stage({kind: 'transcription'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  await say(0, [bound()]);
  await say(1, [bound(), done]);
  await ran;
  assert.deepEqual([result()?.turn.status, result()?.turn.provenance?.receipt], ['done', 'none']);
});

test('a receipt that does not check out ends it and says so', async () => {
  const {tasks, requests, say, result, turn} = stage({kind: 'transcription'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  await say(0, [bound(), done]);
  await say(1, [bound()], 'goes on');
  requests[1]?.events.fail(new NetworkError('bad-receipt'));
  await ran;
  await turn();
  assert.deepEqual([result()?.turn.status, result()?.turn.error, result()?.turn.provenance?.receipt], ['failed', 'bad-receipt', 'invalid']);
});

test('more texts than fit a job go in several, the question first of all', async () => {
  const {tasks, requests, say, result} = stage({kind: 'embeddings'});
  const texts = Array.from({length: 40}, (_, index) => `text ${index}`);
  tasks.change('embeddings', {texts: `${texts.join('\n')}\n\n  \n`, question: 'which?'});
  const ran = tasks.run();
  await say(0, [bound(), ...Array.from({length: 32}, () => item(vector(1, 0))), done]);
  await say(1, [bound(), ...Array.from({length: 9}, () => item(vector(0, 1))), done]);
  await ran;
  const inputs = requests.map(({job}) => (job.task === 'embeddings' ? job.inputs : []));
  assert.deepEqual(inputs.map(({length}) => length), [32, 9]);
  assert.deepEqual(inputs.flat(), ['which?', ...texts]);
  assert.equal(result()?.items.length, 41);
});

test('texts that are long fill a job by their size', async () => {
  const {tasks, requests, say} = stage({kind: 'embeddings'});
  tasks.change('embeddings', {texts: Array.from({length: 20}, () => 'x'.repeat(16_000)).join('\n')});
  const ran = tasks.run();
  await say(0, [done]);
  await say(1, [done]);
  await ran;
  assert.deepEqual(requests.map(({job}) => (job.task === 'embeddings' ? job.inputs.length : 0)), [12, 8]);
});

test('a film: so many frames as are chosen, taken anew when that changes; only a search has words', async () => {
  const {tasks, say, turn, result} = stage({kind: 'video'});
  await tasks.take('video', file());
  tasks.change('video', {count: 4, query: 'red', ask: 'summary'});
  await turn();
  const ran = tasks.run();
  const {job} = await say(0, [bound(), item({startMs: 0, endMs: 4000, text: 'Colours.', score: 0}), done]);
  await ran;
  assert.ok(job.task === 'video');
  assert.deepEqual([job.frames.length, job.ask, job.query, job.maxTokens], [4, 'summary', '', 1024]);
  assert.equal(result()?.items.length, 1);
  tasks.change('video', {ask: 'search', query: ' '});
  await tasks.run();
  assert.equal(tasks.view.get().running, undefined, 'nothing to search for, nothing asked');
});

test('sorting: a text or a picture, each label once, none for the model’s own', async () => {
  const {tasks, say} = stage({kind: 'classify'});
  tasks.change('classify', {text: ' Rain. ', labels: 'weather\nsport\n weather'});
  const ran = tasks.run();
  const {job} = await say(0, [bound(), item({label: 'weather', score: 9000}), done]);
  await ran;
  assert.ok(job.task === 'classify');
  assert.deepEqual([job.subject, job.labels, job.maxTokens], [{is: 'text', text: 'Rain.'}, ['weather', 'sport'], 1]);
  tasks.change('classify', {subject: 'image', labels: ''});
  await tasks.take('classify', file());
  const again = tasks.run();
  const picture = await say(1, [done]);
  await again;
  assert.ok(picture.job.task === 'classify');
  assert.deepEqual([picture.job.subject.is, picture.job.labels], ['image', []]);
});

test('the quote is that of all jobs together and each job’s own is the most it may cost; my devices ask nothing', async () => {
  const {tasks, requests, say} = stage({kind: 'transcription'});
  assert.equal(tasks.quote(), 0n, 'nothing is asked yet');
  await tasks.take('transcription', file());
  const each = 1024n + 448n;
  assert.equal(tasks.quote(), 2n * each);
  const ran = tasks.run();
  await say(0, [done]);
  await say(1, [done]);
  await ran;
  assert.deepEqual(requests.map(({priceCap}) => priceCap), [each, each]);
  tasks.chooseLevel('mine');
  assert.equal(tasks.quote(), 0n);
});

test('stop ends all jobs, keeps what had come, and another task can be asked', async () => {
  const {tasks, requests, say, result} = stage({kind: 'transcription'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  await say(0, [bound(), item(line(0, 1, 'half'))], 'goes on');
  await tasks.run();
  assert.equal(requests.length, 1, 'one at a time');
  tasks.stop();
  await ran;
  assert.deepEqual([result()?.turn.status, result()?.items.length, requests.length, tasks.view.get().stage], ['stopped', 1, 1, 'idle']);
  tasks.show('embeddings');
  tasks.change('embeddings', {texts: 'x'});
  void tasks.run();
  assert.equal(requests.length, 2);
});

test('a failure names its reason; what had come stays', async () => {
  const {tasks, requests, say, result} = stage({kind: 'transcription'});
  await tasks.take('transcription', file());
  const ran = tasks.run();
  await say(0, [bound(), item(line(0, 1, 'one')), done]);
  requests[1]?.events.fail(new NetworkError('node-lost'));
  await ran;
  assert.deepEqual([result()?.turn.status, result()?.turn.error, result()?.items.length, result()?.turn.provenance?.receipt], ['failed', 'node-lost', 1, 'none']);
});

test('a file that is none says why; a newer one stops the work on the older', async () => {
  const begun: AbortSignal[] = [];
  const slow = Promise.withResolvers<never>();
  const media: MediaDesk = {
    ...desk,
    picture: async () => Promise.reject(new NetworkError('bad-media')),
    sound: async (sound, how) => {
      begun.push(how.signal);
      how.onPart(0.5);
      return sound.name === 'slow' ? slow.promise : desk.sound(sound, how);
    },
  };
  const {tasks} = stage({kind: 'transcription', media});
  await tasks.take('image-text', file('notes.txt'));
  assert.deepEqual(tasks.view.get().media['image-text'], {is: 'failed', name: 'notes.txt', code: 'bad-media'});
  const older = tasks.take('transcription', file('slow'));
  assert.deepEqual(tasks.view.get().media.transcription, {is: 'preparing', name: 'slow', part: 0.5});
  await tasks.take('transcription', file('quick'));
  assert.deepEqual(begun.map(({aborted}) => aborted), [true, false]);
  slow.reject(new NetworkError('bad-media'));
  await older;
  const now = tasks.view.get().media.transcription;
  assert.deepEqual([now.is, 'name' in now && now.name], ['ready', 'quick']);
  tasks.drop('transcription');
  assert.equal(tasks.view.get().media.transcription.is, 'none');
});

test('each task has its own model among those that can do it', () => {
  const {tasks} = stage({kind: 'embeddings'});
  const reader: ModelChoice = {...choice, hash: other, label: 'a reader', tasks: ['embeddings']};
  const teller: ModelChoice = {...choice, tasks: ['image-text']};
  tasks.setModels([teller, reader]);
  assert.deepEqual([choiceOf(tasks.view.get(), 'embeddings')?.hash, choiceOf(tasks.view.get(), 'image-text')?.hash, choiceOf(tasks.view.get(), 'video')], [other, model, undefined]);
  tasks.setModels([]);
  assert.equal(choiceOf(tasks.view.get(), 'embeddings'), undefined);
  assert.equal(tasks.view.get().chosen.embeddings, other, 'what was chosen last stays named');
});
