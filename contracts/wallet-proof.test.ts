import assert from 'node:assert/strict';
import {test} from 'node:test';
import {beginCell, storeStateInit} from '@ton/core';
import {keyPairFromSeed, sign} from '@ton/crypto';
import {WalletContractV3R2, WalletContractV4, WalletContractV5R1} from '@ton/ton';
import {nodePayload, proofHash} from './ton-proof.ts';
import {checkWalletProof, type WalletProof} from './wallet-proof.ts';

const now = 1_800_000_000;
const keys = keyPairFromSeed(Buffer.alloc(32, 3));
const payload = nodePayload('ab'.repeat(32));
const expectation = {network: -3, payload, now, isOurDomain: (domain: string) => domain === 'localhost:8787'};
type Wallet = Pick<WalletContractV4, 'address' | 'init'>;
const v4 = WalletContractV4.create({workchain: 0, publicKey: keys.publicKey});

function proofBy(wallet: Wallet, {domain = 'localhost:8787', timestamp = now, says = payload}: {domain?: string; timestamp?: number; says?: string} = {}): WalletProof {
  const signature = sign(proofHash(wallet.address, {domain, timestamp, payload: says}), keys.secretKey).toString('base64');
  const walletStateInit = beginCell().store(storeStateInit(wallet.init)).endCell().toBoc().toString('base64');
  return {address: wallet.address.toRawString(), network: '-3', walletStateInit, proof: {timestamp, domain: {lengthBytes: Buffer.byteLength(domain), value: domain}, payload: says, signature}};
}
const check = (proof: unknown) => checkWalletProof(Buffer.from(JSON.stringify(proof)), expectation);

test('the wallets that people have: v3, v4, v5', () => {
  for (const wallet of [WalletContractV3R2.create({workchain: 0, publicKey: keys.publicKey}), v4, WalletContractV5R1.create({publicKey: keys.publicKey, walletId: {networkGlobalId: -3}})]) assert.ok(check(proofBy(wallet)).equals(wallet.address));
  assert.ok(check(proofBy(v4, {timestamp: now - 86_400})).equals(v4.address), 'a large model takes hours to come');
  const texts = proofBy(v4);
  assert.ok(check({...texts, proof: {...texts.proof, timestamp: String(now)}}).equals(v4.address), 'some wallets write the time as text');
});

test('bad-wallet, each with its reason', () => {
  const good = proofBy(v4);
  const other = WalletContractV4.create({workchain: 0, publicKey: keyPairFromSeed(Buffer.alloc(32, 4)).publicKey});
  const foreign: Wallet = {address: v4.address, init: {code: beginCell().endCell(), data: v4.init.data}};
  const cases: readonly [unknown, RegExp][] = [
    ['nonsense', /can not be read/],
    [{...good, proof: undefined}, /can not be read/],
    [{...good, network: '-239'}, /another network/],
    [proofBy(v4, {says: nodePayload('cd'.repeat(32))}), /made for something else/],
    [proofBy(v4, {domain: 'evil.example'}), /another site/],
    [{...good, proof: {...good.proof, domain: {...good.proof.domain, lengthBytes: 1}}}, /another site/],
    [proofBy(v4, {timestamp: now - 86_401}), /too old/],
    [proofBy(v4, {timestamp: now + 901}), /of the future/],
    [{...good, address: other.address.toRawString()}, /not a wallet that we know/],
    [{...good, address: 'alice.ton'}, /not a wallet that we know/],
    [{...good, walletStateInit: 'nonsense'}, /not a wallet that we know/],
    [proofBy(foreign), /not a wallet that we know/],
    [proofBy(other), /does not verify/],
    [{...good, proof: {...good.proof, signature: 'AAAA'}}, /does not verify/],
  ];
  for (const [proof, reason] of cases) assert.throws(() => check(proof), (error: Error & {code: string}) => error.code === 'bad-wallet' && reason.test(error.message), String(reason));
});
