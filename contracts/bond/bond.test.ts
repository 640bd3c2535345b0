/** The bond: lost by two contents for one slot, and by nothing else; taken back only after the delay. */
import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import {beginCell, type Cell, toNano} from '@ton/core';
import type {Deployment} from '../code.ts';
import {opcodes} from '../opcodes.ts';
import {type Outcome, type Person, type PriceList, priceLists, publicKey, signed, Stage, statementCell} from '../testing/stage.ts';
import {bondDeployment, bondMessages, type SignedContent} from './bond.ts';

const [keySeed, otherSeed] = [5, 6];
const unbondDelay = 7 * 86_400;

for (const prices of Object.keys(priceLists) as PriceList[]) {
  describe(`bond, prices ${prices}`, () => {
    let stage: Stage;
    let owner: Person;
    let reporter: Person;
    let treasury: Person;
    let bond: Deployment;

    beforeEach(async () => {
      stage = await Stage.open(prices);
      [owner, reporter, treasury] = [await stage.person('owner'), await stage.person('reporter'), await stage.person('treasury')];
      bond = bondDeployment({owner: owner.address, key: publicKey(keySeed), treasury: treasury.address, unbondDelay, salt: 1n});
      await stage.send(owner, {to: bond, body: bondMessages.deposit(), value: toNano('2'), deploy: true});
    });

    const send = (from: Person, body: Cell, value?: bigint): Promise<Outcome> => stage.send(from, {to: bond, body, ...(value === undefined ? {} : {value})});
    const exit = (outcome: Outcome): number | undefined => outcome.exit(bond.address);
    const says = (content: bigint, {seed = keySeed, ...wrong}: Partial<Parameters<typeof statementCell>[0]> & {seed?: number} = {}): SignedContent =>
      ({content, signature: signed(seed, statementCell({bond: bond.address, kind: 1, slot: 77n, content, ...wrong}))});
    const prove = (first: SignedContent, second: SignedContent): Cell => bondMessages.proveEquivocation({kind: 1, slot: 77n, first, second});
    const unbondAt = async (): Promise<number> => (await stage.read(bond.address, 'unbond_at')).readNumber();

    test('two contents for one slot: a tenth to the reporter, the rest to the treasury, and the event', async () => {
      const before = [await reporter.getBalance(), await treasury.getBalance()] as const;
      const slashed = await send(reporter, prove(says(5n), says(6n)));
      assert.equal(exit(slashed), 0);
      const [rewarded, rest] = [(await reporter.getBalance()) - before[0], (await treasury.getBalance()) - before[1]];
      assert.ok(rewarded > toNano('0.17') && rewarded <= toNano('0.2'), `${rewarded}`);
      assert.ok(rest > toNano('1.78') && rest <= toNano('1.8'), `${rest}`);
      assert.equal(await stage.exists(bond.address), false);
      assert.deepEqual(slashed.transactions.flatMap(({externals}) => externals.map(({body}) => body.beginParse().loadUint(32))), [opcodes.Slashed]);
    });

    test('one content twice proves nothing; nor do statements of others, or about other things', async () => {
      assert.equal(exit(await send(reporter, prove(says(5n), says(5n)))), 704);
      const {address} = owner;
      for (const wrong of [{seed: otherSeed}, {network: -3}, {bond: address}, {kind: 2}, {slot: 78n}]) {
        assert.equal(exit(await send(reporter, prove(says(5n, wrong), says(6n)))), 703);
        assert.equal(exit(await send(reporter, prove(says(5n), says(6n, wrong)))), 703);
      }
      assert.equal(exit(await send(reporter, prove(says(5n), {...says(6n), content: 7n}))), 703);
      assert.equal(await stage.exists(bond.address), true);
    });

    test('on another network only what was signed for that network counts', async () => {
      stage = await Stage.open(prices, {network: -3});
      [owner, reporter] = [await stage.person('owner'), await stage.person('reporter')];
      await stage.send(owner, {to: bond, body: bondMessages.deposit(), value: toNano('2'), deploy: true});
      const here = {network: -3};
      assert.equal(exit(await send(reporter, prove(says(5n), says(6n)))), 703);
      assert.equal(exit(await send(reporter, prove(says(5n, here), says(6n, here)))), 0);
    });

    test('the owner takes it back after the delay, announced; nobody else can', async () => {
      assert.equal(exit(await send(owner, bondMessages.finishUnbonding())), 705);
      assert.equal(exit(await send(reporter, bondMessages.startUnbonding())), 701);
      const started = await send(owner, bondMessages.startUnbonding());
      assert.deepEqual(started.transactions.flatMap(({externals}) => externals.map(({body}) => body.beginParse().loadUint(32))), [opcodes.UnbondingStarted]);
      assert.equal(await unbondAt(), stage.now + unbondDelay);
      stage.pass(unbondDelay - 1);
      assert.equal(exit(await send(owner, bondMessages.finishUnbonding())), 706);
      stage.pass(1);
      assert.equal(exit(await send(reporter, bondMessages.finishUnbonding())), 701);
      const before = await owner.getBalance();
      assert.equal(exit(await send(owner, bondMessages.finishUnbonding())), 0);
      assert.ok((await owner.getBalance()) - before > toNano('1.9'));
      assert.equal(await stage.exists(bond.address), false);
    });

    test('it can be slashed until the last moment', async () => {
      await send(owner, bondMessages.startUnbonding());
      stage.pass(unbondDelay + 1);
      assert.equal(exit(await send(reporter, prove(says(5n), says(6n)))), 0);
      assert.equal(await stage.exists(bond.address), false);
    });

    test('anybody adds to it; an unknown opcode bounces', async () => {
      const before = await stage.balance(bond.address);
      assert.equal(exit(await send(reporter, bondMessages.deposit(), toNano('1'))), 0);
      assert.equal(exit(await send(reporter, beginCell().endCell(), toNano('1'))), 0);
      const added = (await stage.balance(bond.address)) - before;
      assert.ok(added > toNano('1.98') && added <= toNano('2'));
      assert.equal(exit(await send(reporter, beginCell().storeUint(0xdeadbeef, 32).endCell())), 0xffff);
    });
  });
}
