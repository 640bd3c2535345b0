/** Vouchers against vectors that another implementation made; contracts/vouchers.test.ts holds the same against @ton/core and the contracts. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fromHex, toHex} from './bytes.ts';
import {identityOf} from './identity.ts';
import {tonAddress} from './ton-address.ts';
import {CellBits} from './ton-cell.ts';
import {channelVoucherHash, nodeVoucherHash, releaseHash, requireVoucher, signChannelVoucher, signNodeVoucher} from './voucher.ts';
import file from './testing/vectors/vouchers-v1.json' with {type: 'json'};

type Vector = (typeof file.vectors)[number];
const text = (value: string | undefined): string => value ?? assert.fail('a field is missing');

function hashOf(vector: Vector) {
  const {network, kind} = vector;
  if (kind === 'node') return nodeVoucherHash({network, account: tonAddress(text(vector.account)), cumulative: BigInt(text(vector.cumulative))});
  const opening = {network, channel: tonAddress(text(vector.channel)), epoch: BigInt(text(vector.epoch))};
  if (kind === 'channel') return channelVoucherHash({...opening, cumulative: BigInt(text(vector.cumulative))});
  return releaseHash({...opening, seqno: vector.seqno ?? assert.fail('no seqno'), amount: BigInt(text(vector.amount))});
}

test('vouchers and releases hash as in the vectors, and their signatures verify', async () => {
  assert.ok(file.vectors.length >= 42);
  for (const vector of file.vectors) {
    assert.equal(toHex(hashOf(vector)), vector.hash);
    await requireVoucher(file.publicKey, {hash: hashOf(vector), signature: fromHex(vector.signature)});
  }
});

test('signing gives the signatures of the vectors', async () => {
  const key = await identityOf({kind: 'seed', seed: fromHex(file.seed)});
  for (const vector of file.vectors.slice(0, 8)) {
    const {network} = vector;
    if (vector.kind === 'channel') {
      const voucher = {network, channel: tonAddress(text(vector.channel)), epoch: BigInt(text(vector.epoch)), cumulative: BigInt(text(vector.cumulative))};
      assert.equal(toHex((await signChannelVoucher(key, voucher)).signature), vector.signature);
    } else if (vector.kind === 'node') {
      const voucher = {network, account: tonAddress(text(vector.account)), cumulative: BigInt(text(vector.cumulative))};
      assert.equal(toHex((await signNodeVoucher(key, voucher)).signature), vector.signature);
    }
  }
});

test('a voucher is worth nothing on another network, channel, opening, or for another sum: bad-voucher', async () => {
  const channel = tonAddress(`0:${'11'.repeat(32)}`);
  const key = await identityOf({kind: 'seed', seed: fromHex(file.seed)});
  const voucher = {network: -3, channel, epoch: 5n, cumulative: 1000n};
  const {signature} = await signChannelVoucher(key, voucher);
  const others = [{network: -239}, {channel: tonAddress(`0:${'12'.repeat(32)}`)}, {channel: tonAddress(`-1:${'11'.repeat(32)}`)}, {epoch: 6n}, {cumulative: 1001n}];
  for (const other of others) await assert.rejects(requireVoucher(key.id, {hash: channelVoucherHash({...voucher, ...other}), signature}), {code: 'bad-voucher'});
  await assert.rejects(requireVoucher(key.id, {hash: nodeVoucherHash({network: -3, account: channel, cumulative: 1000n}), signature}), {code: 'bad-voucher'}, 'another kind');
  await requireVoucher(key.id, {hash: channelVoucherHash(voucher), signature});
});

test('CellBits refuses what does not fit', () => {
  assert.throws(() => new CellBits().uint(256, 8), RangeError);
  assert.throws(() => new CellBits().uint(-1, 8), RangeError);
  assert.throws(() => new CellBits().int(128, 8), RangeError);
  assert.throws(() => new CellBits().coins(1n << 120n), RangeError);
  assert.throws(() => new CellBits().uint(0, 1000).uint(0, 24), RangeError);
});
