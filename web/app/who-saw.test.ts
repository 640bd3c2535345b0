/** What the details say of who could see an answer, case by case, and that it is what the privacy page says. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash, nodeId} from '#protocol/ids.ts';
import type {Provenance} from '../state/views.ts';
import {privacy} from './english/privacy.ts';
import {type Seer, whoSaw} from './who-saw.ts';

const [first, second] = [nodeId('cd'.repeat(32)), nodeId('ef'.repeat(32))];
const provenance: Provenance = {
  model: 'm', modelHash: modelHash('ab'.repeat(32)), nodes: [first], level: 'network', route: 'relayed', relays: [''],
  firstTokenMs: 1, milliseconds: 2, tokens: 3, price: 0n, receipt: 'valid',
};
const seers = (fields: Partial<Provenance>) => whoSaw({...provenance, ...fields});
const seer = (fields: Partial<Provenance>, who: RegExp): Seer => {
  const found = seers(fields).filter((each) => who.test(each.who));
  assert.equal(found.length, 1, `${who}: ${found.length}`);
  return found[0] as Seer;
};

test('a free answer of the network: its computer read it, the relay carried it, nobody is on the chain', () => {
  assert.deepEqual(seers({}).map(({who}) => who), ['You, in this browser', 'The computer that answered, cdcdcdcd', 'Who runs the relay of this app', 'Your network provider']);
  assert.match(seer({}, /computer/).text, /^Yes/);
  assert.match(seer({}, /computer/).address, /^No, the relay/);
  assert.match(seer({}, /computer/).asked, /isn’t told who/);
  assert.match(seer({}, /relay of/).text, /^No/);
  assert.match(seer({}, /relay of/).address, /^Yes/);
  assert.match(seer({}, /relay of/).amount, /nothing/);
});

test('over TURN one more party carried it, and saw both addresses', () => {
  assert.match(seer({route: 'turn'}, /^The TURN server/).address, /and the one of the computer/);
  assert.match(seer({route: 'turn'}, /computer/).address, /^No, .*TURN/);
  assert.match(seer({route: 'turn'}, /provider/).asked, /TURN/);
});

test('a paired device that is connected directly sees the address; the relay only that the two met', () => {
  const direct = {level: 'mine', route: 'direct', relays: []} as const;
  assert.match(seer(direct, /paired device, cdcdcdcd/).address, /^Yes/);
  assert.match(seer(direct, /relay of this app/).asked, /^Only that these two devices connected/);
  assert.match(seer(direct, /relay of this app/).text, /did not pass/);
  assert.match(seer(direct, /provider/).asked, /your devices/);
  assert.match(seer({level: 'mine'}, /paired device/).address, /^No/);
  assert.match(seer({level: 'mine'}, /paired device/).text, /whoever uses it/);
});

test('after a loss each computer has a line of its own, and so has each relay', () => {
  const lost = {nodes: [first, second], relays: ['', 'wss://other.example/x']};
  assert.match(seer(lost, /cdcdcdcd \(1 of 2 computers\)/).text, /up to where this computer was lost/);
  assert.match(seer(lost, /efefefef \(2 of 2 computers\)/).text, /must/);
  assert.match(seer(lost, /relay other\.example/).address, /^Yes/);
  assert.match(seer(lost, /relay of this app/).address, /^Yes/);
  assert.match(seer({...lost, level: 'mine', route: 'direct', relays: []}, /cdcdcdcd/).address, /^Only if/);
  assert.match(seer({nodes: []}, /relay/).asked, /looked for/);
});

test('who paid decides what the relay can tie to whom; the chain never shows an answer', () => {
  const paid = {price: 1_500_000_000n} as const;
  assert.match(seer({...paid, payment: 'channel'}, /relay of/).amount, /tie this answer to your wallet/);
  assert.match(seer({...paid, payment: 'trial'}, /relay of/).amount, /it paid/);
  assert.equal(seer(paid, /relay of/).amount, 'Yes');
  assert.match(seer(paid, /computer/).amount, /^Yes: 1\.5 TON\. Not which wallet$/);
  assert.match(seer({...paid, payment: 'channel'}, /chain/).amount, /not this answer/);
  assert.match(seer({payment: 'channel', receipt: 'none'}, /relay of/).amount, /deposit/);
});

test('it says what the privacy page says of the same parties', () => {
  const pairs = [[/^You, /, /^You, /], [/^The computer/, /^The computer/], [/^Who runs the relay of/, /^Who runs the relay$/], [/^The TURN/, /^The TURN/], [/provider/, /provider/]] as const;
  const verdict = (text: string) => /^\w+/.exec(text)?.[0];
  for (const [here, there] of pairs) {
    const [own, page] = [seer({route: 'turn'}, here), privacy.rows.find(({who}) => there.test(who))];
    assert.deepEqual([verdict(own.text), verdict(own.address)], [verdict(page?.text ?? ''), verdict(page?.address ?? '')], own.who);
  }
});
