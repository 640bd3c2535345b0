/** What never leaves this person's devices: whatever is pressed in whatever order, the network hears nothing of it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {seeded} from '../../protocol/testing/seeded.ts';
import {askBy} from './ask-door.ts';
import {type AskRequest, createChat} from './chat.ts';
import {noFiles} from './task-files.ts';
import {createTasks} from './tasks.ts';
import type {Conversation, Level, ModelChoice} from './views.ts';

const model = 'aa'.repeat(32) as ModelHash;
const node = 'bb'.repeat(32) as NodeId;
const choice: ModelChoice = {hash: model, label: 'a model', demo: false, tasks: ['chat', 'classify'], nodes: 1, mine: 1, unpayable: 0, prices: [], claimed: 0};
const levels: readonly Level[] = ['network', 'mine', 'device'];

/** A chat behind the one door, which notes what went through it and where to. */
function stage({conversations = [] as readonly Conversation[], sensitive = false} = {}) {
  const away: AskRequest[] = [];
  const here: AskRequest[] = [];
  const kept = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const asking = new Map<AskRequest, Conversation | undefined>();
  let fails = false;
  const answering = (asked: AskRequest[], route: 'relayed' | 'here') =>
    async function* answer(request: AskRequest): AsyncGenerator<AskEvent, void> {
      asked.push(request);
      // The one that is answered is shown first.
      asking.set(request, chat.view.get().conversations[0]);
      yield {type: 'bound', node, route};
      yield {type: 'text', text: 'yes', tokens: 1};
      if (fails) throw new NetworkError('node-lost');
      yield {type: 'done', receipt: {price: 0n} as Receipt};
    };
  let ids = 0;
  const door = askBy({away: answering(away, 'relayed'), here: answering(here, 'here')});
  const chat = createChat({
    ask: door,
    own: {model: () => choice, choose: () => {}},
    sensitive: () => sensitive,
    keep: async (conversation) => void kept.set(conversation.id, structuredClone(conversation)),
    forget: async (id) => void kept.delete(id),
    conversations,
    priceCap: () => 10n ** 9n,
    newId: () => `id${(ids += 1)} ${conversations.length}`,
    now: () => ids,
  });
  chat.setModels([choice]);
  return {chat, door, away, here, kept, asking, setFails: (now: boolean) => (fails = now)};
}

const outcome = (work: Promise<unknown>) => work.then(() => undefined, codeOf);

test('a marked conversation goes to this device or to paired ones; the level of the network can not be chosen for it', async () => {
  const {chat, away, here, kept} = stage();
  await chat.setSensitive(true);
  assert.equal(chat.view.get().level, 'device');
  chat.chooseLevel('network');
  assert.equal(chat.view.get().level, 'device');
  await chat.send('one');
  chat.chooseLevel('mine');
  await chat.send('two');
  await chat.again();
  assert.deepEqual([here.map(({level}) => level), away.map(({level}) => level)], [['device'], ['mine', 'mine']]);
  assert.ok([...here, ...away].every((request) => request.sensitive && request.priceCap === 0n));
  assert.equal(kept.get(chat.view.get().current.id)?.sensitive, true);
});

test('the mark is kept, and honoured after a reload, also where what was kept names the network', async () => {
  const first = stage();
  await first.chat.setSensitive(true);
  await first.chat.send('one');
  const [conversation] = first.kept.values();
  assert.ok(conversation);
  const {chat, away, here} = stage({conversations: [{...conversation, level: 'network'}]});
  chat.open(conversation.id);
  assert.equal(chat.view.get().level, 'device');
  await chat.again();
  await chat.send('two');
  assert.deepEqual([away.length, here.length], [0, 2]);
});

test('marked after a question to the network: asking again stays here; the mark can be taken off again', async () => {
  const {chat, away, here} = stage();
  await chat.send('one');
  assert.deepEqual(away.map(({level}) => level), ['network']);
  await chat.setSensitive(true);
  await chat.again();
  assert.deepEqual([away.length, here.length], [1, 1]);
  await chat.setSensitive(false);
  chat.chooseLevel('network');
  await chat.send('two');
  assert.equal(away.at(-1)?.level, 'network');
});

test('which node this device is: no later question tells a relay that it answered here', async () => {
  const {chat, away} = stage();
  chat.chooseLevel('device');
  await chat.send('one');
  assert.equal(chat.view.get().current.turns.at(-1)?.provenance?.receipt, 'valid');
  chat.chooseLevel('network');
  await chat.send('two');
  assert.equal(away[0]?.prefer, undefined);
  await chat.send('three');
  assert.equal(away[1]?.prefer, node);
});

test('the one door refuses what is marked, whoever asks', async () => {
  const {door, away, here} = stage();
  const request: AskRequest = {model, job: {task: 'chat', messages: [], maxTokens: 1}, level: 'network', sensitive: true, prefer: undefined, priceCap: 0n, signal: new AbortController().signal};
  assert.equal(await outcome(door(request).next()), 'kept-home');
  assert.deepEqual([away, here], [[], []]);
});

test('while it is answered the mark stays as it is', async () => {
  const {chat} = stage();
  const sent = chat.send('one');
  await chat.setSensitive(true);
  assert.equal(chat.view.get().current.sensitive, false);
  await sent;
});

test('new conversations follow the setting', async () => {
  const {chat, away} = stage({sensitive: true});
  assert.deepEqual([chat.view.get().level, chat.view.get().current.sensitive], ['device', true]);
  await chat.send('one');
  chat.begin();
  assert.equal(chat.view.get().current.sensitive, true);
  await chat.send('two');
  assert.deepEqual(away, []);
});

test('a thousand presses in any order, with losses: no request of a marked conversation is for the network', async () => {
  const random = seeded(7);
  const {chat, away, asking, setFails} = stage();
  const marked = new Set<string>();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const presses: (() => unknown)[] = [
    () => chat.send('x'),
    () => chat.again(),
    () => chat.begin(),
    () => chat.stop(),
    () => chat.chooseLevel(pick(levels)),
    () => chat.setSensitive(random() < 0.7),
    () => chat.open(pick(chat.view.get().conversations)?.id ?? ''),
    () => setFails(random() < 0.5),
  ];
  for (let press = 0; press < 1000; press += 1) {
    const {current} = chat.view.get();
    if (current.sensitive) marked.add(current.id);
    // Some are pressed again before the first has ended.
    const pressed = [pick(presses)(), ...(random() < 0.3 ? [pick(presses)()] : [])];
    await Promise.allSettled(pressed);
  }
  const toNetwork = away.flatMap((request) => (request.level === 'network' ? [asking.get(request)] : []));
  assert.ok(toNetwork.every((conversation) => conversation?.sensitive !== true));
  assert.ok(away.every((request) => asking.get(request)?.sensitive === request.sensitive), 'each said what it was');
  assert.ok(toNetwork.length > 10 && marked.size > 10, 'both were asked');
});

test('tasks: the same', async () => {
  const {door, away, here} = stage();
  const tasks = createTasks({
    ask: door,
    desk: {picture: async () => Promise.reject(new Error('none')), sound: async () => Promise.reject(new Error('none')), film: async () => Promise.reject(new Error('none'))},
    ownModels: () => ({models: [{hash: model, label: 'a model', demo: false, tasks: ['classify'], downloadBytes: 1, isHere: true}], shared: undefined}),
    sensitive: () => false,
    priceCap: () => 10n ** 9n,
    newId: () => 'id',
    now: () => 1,
  });
  assert.equal(tasks.view.get().media, noFiles);
  tasks.setModels([choice]);
  tasks.show('classify');
  tasks.change('classify', {text: 'a text'});
  tasks.setSensitive(true);
  tasks.chooseLevel('network');
  assert.deepEqual([tasks.view.get().level, tasks.quote()], ['device', 0n]);
  await tasks.run();
  assert.deepEqual([away.length, here.length], [0, 1]);
  tasks.setSensitive(false);
  tasks.chooseLevel('network');
  await tasks.run();
  assert.deepEqual(away.map(({level}) => level), ['network']);
});
