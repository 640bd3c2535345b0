/** Hiding details on the way out and restoring them on the way in: only when it is wanted, only for strangers, and never half. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {jpegHeader} from '#protocol/testing/images.ts';
import type {AskRequest} from './chat.ts';
import * as coverer from './redaction/cover.ts';
import {createRedaction, type RedactionOptions} from './redaction.ts';

const kept = (settings = new Map<string, unknown>()) => ({setting: async (key: string) => settings.get(key), putSetting: async (key: string, value: unknown) => void settings.set(key, structuredClone(value)), settings});

const stage = async (options: Partial<RedactionOptions> = {}) => {
  const keeping = kept();
  const redaction = await createRedaction({kept: keeping, load: async () => coverer, ...options});
  return {redaction, keeping};
};

const requestOf = (texts: readonly string[], level: AskRequest['level'] = 'network'): AskRequest => ({
  model: 'ab'.repeat(32) as ModelHash,
  job: {task: 'chat', messages: texts.map((content, index) => ({role: index % 2 === 0 ? 'user' : 'assistant', content})), maxTokens: 10},
  level,
  sensitive: false,
  prefer: undefined,
  turn: 'turn 1',
  priceCap: 0n,
  signal: new AbortController().signal,
});

/** A computer that says these pieces, and what it was sent. */
function computer(pieces: readonly string[], failure?: NetworkError) {
  const sent: string[] = [];
  async function* ask({job}: AskRequest): AsyncGenerator<AskEvent, void> {
    if ('messages' in job) sent.push(...job.messages.map(({content}) => content));
    for (const text of pieces) yield {type: 'text', text, tokens: 1};
    if (failure) throw failure;
  }
  return {sent, ask};
}

async function heard(events: AsyncIterable<AskEvent>): Promise<{text: string; tokens: number; error: unknown}> {
  let [text, tokens]: [string, number] = ['', 0];
  try {
    for await (const event of events) if (event.type === 'text') [text, tokens] = [text + event.text, tokens + event.tokens];
  } catch (error) {
    return {text, tokens, error};
  }
  return {text, tokens, error: undefined};
}

test('off, or asked of own devices: what was written is what is sent', async () => {
  const {redaction} = await stage({load: () => Promise.reject(new Error('not needed'))});
  for (const [on, level] of [[false, 'network'], [true, 'mine']] as const) {
    await redaction.turn(on);
    const {sent, ask} = computer(['[email-1]']);
    const {text} = await heard(redaction.covered(requestOf(['a@b.example'], level), ask));
    assert.deepEqual([sent, text, redaction.view.get().hidden], [['a@b.example'], '[email-1]', {}]);
  }
});

test('on: hidden in the whole conversation, restored in what is shown, noted for the question', async () => {
  const {redaction, keeping} = await stage();
  await redaction.turn(true);
  await redaction.setTerms(['  Falcon ', '', 'Falcon']);
  const {sent, ask} = computer(['Dear [na', 'me-1], FALCON is [', 'hidden-1', ']; mail [EMAIL-1]. [']);
  const texts = ['My name is Anna Smith', 'Hi Anna Smith', 'a@b.example about Falcon'];
  const {text, tokens} = await heard(redaction.covered(requestOf(texts), ask));
  assert.deepEqual(sent, ['My name is [name-1]', 'Hi [name-1]', '[email-1] about [hidden-1]']);
  assert.deepEqual([text, tokens], ['Dear Anna Smith, FALCON is Falcon; mail a@b.example. [', 4]);
  assert.deepEqual(redaction.view.get().hidden['turn 1'], [{kind: 'email', start: 0, end: 11}, {kind: 'term', start: 18, end: 24}]);
  const again = await createRedaction({kept: keeping, load: async () => coverer});
  assert.deepEqual(again.view.get(), redaction.view.get());
  assert.ok(!JSON.stringify(keeping.settings.get('redacted')).includes('@'), 'marks are places, not words');
});

test('a thing that is to be sent as it is, until it is hidden again', async () => {
  const {redaction} = await stage();
  await redaction.turn(true);
  const send = async () => {
    const {sent, ask} = computer([]);
    await heard(redaction.covered(requestOf(['a@b.example c@d.example']), ask));
    return sent;
  };
  await redaction.sendAsIs('a@b.example');
  assert.deepEqual(await send(), ['a@b.example [email-1]']);
  await redaction.hideAgain('a@b.example');
  assert.deepEqual(await send(), ['[email-1] [email-2]']);
});

test('an answer that breaks off shows what was held back; nothing is sent where details can not be hidden', async () => {
  const {redaction} = await stage();
  await redaction.turn(true);
  const {ask} = computer(['Mail [email-1] or [ema'], new NetworkError('node-lost'));
  const {text, error} = await heard(redaction.covered(requestOf(['a@b.example']), ask));
  assert.deepEqual([text, codeOf(error)], ['Mail a@b.example or [ema', 'node-lost']);
  const {redaction: broken} = await stage({load: () => Promise.reject(new Error('did not arrive'))});
  await broken.turn(true);
  const silent = computer(['x']);
  const outcome = await heard(broken.covered(requestOf(['a@b.example']), silent.ask));
  assert.deepEqual([codeOf(outcome.error), silent.sent, outcome.text], ['offline', [], '']);
});

test('nonsense in the store is left out', async () => {
  const right = [{kind: 'email', start: 0, end: 3}];
  const hidden = {right, none: [], kind: [{kind: 'x', start: 0, end: 1}], order: [{kind: 'email', start: 3, end: 3}], place: [{kind: 'email', start: -1, end: 3}], text: 'x'};
  for (const [wishes, marks] of [[null, 7], ['x', []], [{on: 'yes', terms: 'x', asIs: [1, 'ok', ' ']}, hidden]]) {
    const {redaction} = await stage({kept: kept(new Map<string, unknown>([['redaction', wishes], ['redacted', marks]]))});
    const view = redaction.view.get();
    assert.deepEqual([view.on, view.terms], [false, []]);
    if (marks === hidden) assert.deepEqual([view.asIs, view.hidden], [['ok'], {right}]);
  }
});

test('a question about pictures: its words are hidden like any others, its pictures go as they are', async () => {
  const {redaction} = await stage();
  await redaction.turn(true);
  const images = [jpegHeader()];
  const messages = [{role: 'user', content: 'Is this Anna? My name is Anna Smith', images}, {role: 'assistant', content: 'Yes, Anna Smith', images: []}, {role: 'user', content: 'Write to a@b.example', images: []}] as const;
  const asked: AskRequest = {...requestOf([]), job: {task: 'image-text', messages: messages.map((message) => ({...message, images: [...message.images]})), maxTokens: 10}};
  const sent: AskRequest['job'][] = [];
  const {ask} = computer(['I wrote to [email-1]']);
  const {text} = await heard(redaction.covered(asked, (request) => {
    sent.push(request.job);
    return ask(request);
  }));
  const [job] = sent;
  assert.ok(job?.task === 'image-text');
  assert.deepEqual([job.messages.map(({content}) => content).join('; ').match(/Smith|@/), job.messages[0]?.images, text], [null, images, 'I wrote to a@b.example']);
  assert.deepEqual(redaction.view.get().hidden['turn 1'], [{kind: 'email', start: 9, end: 20}]);
});
