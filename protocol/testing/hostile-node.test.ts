/** A node that lies, with real keys: every lie has its code, and the next question to the same node is answered. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {type AnswerRecord, encodeRecord} from '../answer.ts';
import {concat, randomBytes, utf8} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, type ErrorCode, errorTable, sentenceOf} from '../errors.ts';
import {createSecret, type Identity, identityOf} from '../identity.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {presenceProof, signRecord} from '../node-record.ts';
import {type Offer, signOffer, type SignedOffer, type suiteIds} from '../offer.ts';
import {freeOfCharge} from '../price.ts';
import {type JobFacts, signReceipt} from '../receipt.ts';
import {encodeItem} from '../result.ts';
import {FrameSealer} from '../response.ts';
import type {ClientQuestion} from '../roles/client.ts';
import type {Transport} from '../roles/ports.ts';
import {bindOffer, JobKey} from '../seal.ts';
import {writeStatement} from '../statement.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork, testModel} from './network.ts';

/** What a scripted node has in hand once it opened a request. */
interface Stage {
  readonly facts: JobFacts;
  readonly node: ScriptedNode;
  readonly gone: AbortSignal;
  /** Sends any bytes as a part of the answer. */
  raw(part: Uint8Array): void;
  frame(content: Uint8Array, final?: boolean): Promise<void>;
  say(...records: AnswerRecord[]): Promise<void>;
  /** Ends as an honest node does, with a receipt over facts that may be changed. */
  receipt(changed?: Partial<JobFacts>, by?: Identity<NodeId>): Promise<void>;
}

interface Script {
  /** Declines every slot, and still says that it is free. */
  readonly busy?: boolean;
  offer?(offer: Omit<Offer, keyof typeof suiteIds>): Omit<Offer, keyof typeof suiteIds>;
  answer?(stage: Stage): Promise<void>;
}

const honestly = async ({say, receipt}: Stage): Promise<void> => {
  await say({type: 'prompt', tokens: 1}, {type: 'text', text: 'hi', tokens: 1}, {type: 'end', reason: 'stop'});
  await receipt();
};

class ScriptedNode {
  script: Script = {};
  readonly link: Transport;
  readonly identity: Identity<NodeId>;
  readonly network: TestNetwork;
  readonly #welcomed = Promise.withResolvers<void>();
  readonly #jobs = new Map<JobHandle, {key: JobKey; signed: SignedOffer; offer: Omit<Offer, keyof typeof suiteIds>; gone: AbortController}>();

  constructor(network: TestNetwork, identity: Identity<NodeId>) {
    this.network = network;
    this.identity = identity;
    this.link = network.connect();
  }

  static async join(network: TestNetwork, script: Script): Promise<ScriptedNode> {
    const node = new ScriptedNode(network, await identityOf<NodeId>(await createSecret()));
    node.script = script;
    node.link.send(encodeMessage('hello', {role: 'node', agent: '', version: spokenVersion}));
    void node.#live();
    await network.clock.drive(node.#welcomed.promise);
    assert.equal(network.hub.census().nodes, 1);
    return node;
  }

  async #live(): Promise<void> {
    for await (const frame of this.link.frames) await this.#receive(decodeMessage(frame));
  }

  async #receive(message: Message): Promise<void> {
    if (message.kind === 'challenge') await this.#present(message.nonce);
    else if (message.kind === 'welcome') this.#welcomed.resolve();
    else if (message.kind === 'ping') this.link.send(encodeMessage('pong', {nonce: message.nonce}));
    else if (message.kind === 'slot') await this.#offer(message);
    else if (message.kind === 'request') void this.#answer(message);
    else if (message.kind === 'cancel') {
      this.#jobs.get(message.handle)?.gone.abort();
      this.link.send(encodeMessage('released', {}, message.handle));
    }
  }

  async #present(nonce: Uint8Array<ArrayBuffer>): Promise<void> {
    const issued = Math.floor(this.network.clock.now() / 1000);
    const models = [{model: testModel.hash, name: '', speeds: [], contextTokens: 512, prices: freeOfCharge}];
    const record = await signRecord(this.identity, {issued, expires: issued + limits.recordSeconds, engine: '', slots: 1, hidden: 0, models});
    this.link.send(encodeMessage('present', {record, proof: await this.identity.sign(writeStatement(presenceProof, {nonce})), peer: ''}));
  }

  async #offer({handle}: Message<'slot'>): Promise<void> {
    if (this.script.busy) return this.link.send(encodeMessage('failed', {code: 'busy'}, handle));
    const key = await JobKey.create();
    const expires = Math.floor(this.network.clock.now() / 1000) + limits.offerSeconds;
    const honest = {handle, expires, model: testModel.hash, prices: freeOfCharge, ceiling: 0n, chunk: limits.minChunkTokens, kemPublicKey: key.publicKey};
    const offer = this.script.offer?.(honest) ?? honest;
    const signed = await signOffer(this.identity, offer);
    this.#jobs.set(handle, {key, signed, offer, gone: new AbortController()});
    this.link.send(encodeMessage('offer', signed, handle));
  }

  async #answer(message: Message<'request'>): Promise<void> {
    const {handle} = message;
    const job = this.#jobs.get(handle);
    if (!job) return;
    const bind = bindOffer(job.signed);
    const {body, responseKeys} = await job.key.open(message, bind);
    const nonce = randomBytes(32);
    const sealer = new FrameSealer(await responseKeys(nonce));
    const raw = (part: Uint8Array) => this.link.send(encodeMessage('response', {part: Uint8Array.from(part)}, handle));
    const frame = async (content: Uint8Array, final = false) => raw(await sealer.seal(content, {frameBytes: 1024, final}));
    const facts: JobFacts = {handle, offer: bind, model: job.offer.model, prices: job.offer.prices, jobBytes: body, answer: utf8('hi'), counts: {prompt: 1, cached: 0, completion: 1, reasoning: 0}, reason: 'stop'};
    const say = (...records: AnswerRecord[]) => frame(concat(...records.map(encodeRecord)));
    const receipt = async (changed: Partial<JobFacts> = {}, by = this.identity) => {
      const signed = await signReceipt(by, {facts: {...facts, ...changed}, now: this.network.clock.now()});
      await frame(encodeRecord({type: 'receipt', ...signed}), true);
    };
    raw(nonce);
    await (this.script.answer ?? honestly)({facts, node: this, gone: job.gone.signal, raw, frame, say, receipt});
    this.link.send(encodeMessage('released', {}, handle));
  }
}

/** Asks a lying node, expects the code and its sentence; then the node stops lying and is asked again on the same links. */
async function lie(code: ErrorCode, script: Script, question: Partial<ClientQuestion> = {}): Promise<void> {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const node = await ScriptedNode.join(network, script);
  const client = network.client();
  const {error} = await network.ask(client, {text: 'x', ...question});
  assert.equal(codeOf(error), code, String(error));
  assert.equal(sentenceOf(error), errorTable[code].sentence);
  node.script = {};
  await network.clock.advance(200);
  const again = await network.ask(client, {text: 'x'});
  assert.equal(again.error, undefined);
  assert.equal(again.answer, 'hi');
  await network.clock.advance(200);
  assert.deepEqual(network.hub.census(), {nodes: 1, clients: 1, jobs: 0, waiting: 0});
}

const seconds = (offer: {expires: number}, by: number) => offer.expires + by;
const other = 'cd'.repeat(32);

test('ask(): an offer for another model is refused, wrong-model', () => lie('wrong-model', {offer: (offer) => ({...offer, model: other as ModelHash})}));
test('ask(): an offer that has run out is refused, expired', () => lie('expired', {offer: (offer) => ({...offer, expires: seconds(offer, -limits.offerSeconds)})}));
test('ask(): an offer dearer than the cap is refused, too-dear', () => lie('too-dear', {offer: (offer) => ({...offer, ceiling: 1n})}));
test('ask(): an offer made for another job is refused, bad-offer', () => lie('bad-offer', {offer: (offer) => ({...offer, handle: '12'.repeat(16) as JobHandle})}));

const falseReceipts: Record<string, Partial<JobFacts>> = {
  'more tokens of the answer': {counts: {prompt: 1, cached: 0, completion: 2, reasoning: 0}},
  'more tokens of the question': {counts: {prompt: 2, cached: 0, completion: 1, reasoning: 0}},
  'cached tokens that it never named': {counts: {prompt: 1, cached: 40, completion: 1, reasoning: 0}},
  'reasoning tokens that it never named': {counts: {prompt: 1, cached: 0, completion: 1, reasoning: 1}},
  'a higher price': {prices: {...freeOfCharge, completion: 5_000_000n}},
  'another answer': {answer: utf8('ho')},
  'another question': {jobBytes: utf8('other')},
  'another model': {model: other as ModelHash},
  'another offer': {offer: randomBytes(32)},
  'another job': {handle: '12'.repeat(16) as JobHandle},
  'another reason for the end': {reason: 'length'},
};
const honestStart = ({say}: Stage) => say({type: 'prompt', tokens: 1}, {type: 'text', text: 'hi', tokens: 1}, {type: 'end', reason: 'stop'});
for (const [name, changed] of Object.entries(falseReceipts)) {
  test(`ask(): a receipt with ${name} is refused, bad-receipt`, () => lie('bad-receipt', {
    answer: async (stage) => {
      await honestStart(stage);
      await stage.receipt(changed);
    },
  }));
}

test('ask(): a receipt signed by another key is refused, bad-receipt', () => lie('bad-receipt', {
  answer: async (stage) => {
    await honestStart(stage);
    await stage.receipt({}, await identityOf<NodeId>(await createSecret()));
  },
}));

test('ask(): more prompt tokens than the question has bytes is refused before they are paid, overcharged', () => lie('overcharged', {
  answer: async ({say, receipt}) => {
    await say({type: 'prompt', tokens: 5000}, {type: 'text', text: 'hi', tokens: 1}, {type: 'end', reason: 'stop'});
    await receipt({counts: {prompt: 5000, cached: 0, completion: 1, reasoning: 0}});
  },
}));

test('ask(): an answer without a receipt is refused, bad-receipt', () => lie('bad-receipt', {answer: ({frame}) => frame(concat(), true)}));
test('ask(): a receipt before the end is refused, bad-receipt', () => lie('bad-receipt', {answer: ({receipt}) => receipt()}));

test('ask(): text after the end is refused, overran', () => lie('overran', {
  answer: async (stage) => {
    await honestStart(stage);
    await stage.say({type: 'text', text: 'more', tokens: 1});
  },
}));

test('ask(): more tokens than were asked for are refused, overran', () => lie('overran', {
  answer: async ({say, gone, node}) => {
    while (!gone.aborted) {
      await say({type: 'text', text: 'on', tokens: 1});
      await node.network.clock.sleep(limits.answerTickMs);
    }
  },
}, {job: {task: 'chat', messages: [{role: 'user', content: 'x'}], maxTokens: 4}}));

test('ask(): frames and empty texts for ever, without a token, are left, stalled', () => lie('stalled', {
  answer: async ({say, frame, gone, node}) => {
    for (let count = 0; !gone.aborted; count += 1) {
      await (count % 2 === 0 ? frame(concat()) : say({type: 'text', text: '', tokens: 0}, {type: 'prompt', tokens: 1}));
      await node.network.clock.sleep(limits.stallMs - 100);
    }
  },
}));

test('ask(): silence instead of an answer is left, stalled', () => lie('stalled', {answer: () => new Promise(() => {})}));
test('ask(): silence in the middle is left, stalled', () => lie('stalled', {
  answer: async ({say}) => {
    await say({type: 'text', text: 'h', tokens: 1});
    await new Promise(() => {});
  },
}));

test('ask(): a job let go of without an answer is node-lost', () => lie('node-lost', {answer: async () => {}}));
test('ask(): a part that does not open is refused, tampered', () => lie('tampered', {answer: async ({raw}) => raw(randomBytes(256))}));
test('ask(): an empty part is refused, tampered', () => lie('tampered', {answer: async ({raw}) => raw(concat())}));
test('ask(): sealed garbage is refused, bad-message', () => lie('bad-message', {answer: ({frame}) => frame(Uint8Array.of(99, 0, 0, 0, 0))}));
test('ask(): a record longer than any may be is refused, bad-message', () => lie('bad-message', {answer: ({frame}) => frame(Uint8Array.of(2, 255, 255, 255, 255))}));
test('ask(): an error that the node names inside the seal is told', () => lie('too-long', {answer: ({say}) => say({type: 'error', code: 'too-long'})}));

test('ask(): a node that sends garbage to the relay is dropped, its client goes on elsewhere', async () => {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const liar = await ScriptedNode.join(network, {answer: async ({node}) => node.link.send(Uint8Array.of(1, 2, 3))});
  const client = network.client();
  const {error} = await network.ask(client, {text: 'x'});
  assert.equal(codeOf(error), 'node-lost');
  const honest = await network.node(fakeEngine({clock: network.clock, answer: () => 'yes'}));
  assert.deepEqual((await client.directory()).map(({node}) => node), [honest.id]);
  assert.notEqual(liar.identity.id, honest.id);
  assert.equal((await network.ask(client, {text: 'x'})).answer, 'yes');
});

test('a node that says it is free and then is busy each time is left out', async () => {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  await ScriptedNode.join(network, {busy: true});
  assert.equal(codeOf((await network.ask(network.client(), {text: 'x'})).error), 'refused');
});

test('items where a text is due, and a text where items are due: the answer ends there', async () => {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const job = {task: 'embeddings', inputs: ['a']} as const;
  const item = {type: 'item', body: encodeItem('embeddings', {vector: Float32Array.of(1)}), tokens: 0} as const;
  const node = await ScriptedNode.join(network, {answer: ({say}) => say(item)});
  assert.equal(codeOf((await network.ask(network.client(), {text: 'x'})).error), 'bad-message');
  node.script = {answer: ({say}) => say({type: 'text', text: 'a', tokens: 1})};
  assert.equal(codeOf((await network.ask(network.client(), {text: '', job})).error), 'bad-message');
  node.script = {answer: ({say}) => say(item, item)};
  const {error, events} = await network.ask(network.client(), {text: '', job});
  assert.equal(codeOf(error), 'overran');
  assert.ok(events.filter(({type}) => type === 'item').length <= 1);
  node.script = {answer: ({say}) => say({...item, body: Uint8Array.of(0, 0, 0, 4, 0, 0, 0xc0, 0x7f)})};
  assert.equal(codeOf((await network.ask(network.client(), {text: '', job})).error), 'bad-message', 'not a number');
});
