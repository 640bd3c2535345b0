/** Vouchers as the protocol signs them, held against @ton/core and against what the contracts hash themselves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Address, beginCell, toNano} from '@ton/core';
import {toHex} from '#protocol/bytes.ts';
import file from '#protocol/testing/vectors/vouchers-v1.json' with {type: 'json'};
import {tonAddress} from '#protocol/ton-address.ts';
import {CellBits} from '#protocol/ton-cell.ts';
import {channelVoucherHash, nodeVoucherHash} from '#protocol/voucher.ts';
import {channelDeployment, channelMessages, readChannelState} from './channel/channel.ts';
import {accountDeployment, nodeClaim} from './node-account/node-account.ts';
import {publicKey, signed, Stage, voucherCell, nodeVoucherCell, releaseCell} from './testing/stage.ts';

test('the vectors are what @ton/core makes', () => {
  for (const vector of file.vectors) {
    const {network} = vector;
    const at = Address.parseRaw(vector.channel ?? vector.account ?? assert.fail('no address'));
    const epoch = BigInt(vector.epoch ?? 0);
    const cell =
      vector.kind === 'channel' ? voucherCell({network, channel: at, epoch, cumulative: BigInt(vector.cumulative ?? 0)})
      : vector.kind === 'node' ? nodeVoucherCell({network, account: at, cumulative: BigInt(vector.cumulative ?? 0)})
      : releaseCell({network, channel: at, epoch, seqno: vector.seqno ?? 0, amount: BigInt(vector.amount ?? 0)});
    assert.equal(cell.hash().toString('hex'), vector.hash);
  }
});

test('CellBits hashes as @ton/core does, whatever the length', () => {
  for (let width = 1; width <= 120; width += 1) {
    const value = BigInt(`0x${'9d'.repeat(15)}`) >> BigInt(120 - width);
    assert.equal(toHex(new CellBits().uint(value, width).coins(value).hash()), beginCell().storeUint(value, width).storeCoins(value).endCell().hash().toString('hex'));
  }
});

for (const network of [-239, -3]) {
  test(`channel and account hash vouchers as the protocol does, network ${network}`, async () => {
    const stage = await Stage.open('2026-06', {network});
    const [client, relay, node] = [await stage.person('client'), await stage.person('relay'), await stage.person('node')];
    const terms = {payer: client.address, payee: relay.address, payerKey: publicKey(1), payeeKey: publicKey(2), disputeWindow: 60, salt: 9n};
    const channel = channelDeployment(terms);
    await stage.send(client, {to: channel, body: channelMessages.topUp(), value: toNano('1'), deploy: true});
    const {epoch} = readChannelState(await stage.read(channel.address, 'channel_state'));
    const account = accountDeployment({vault: relay.address, owner: node.address, relayKey: publicKey(2)});
    const grant = {amount: 1n, signature: signed(2, nodeVoucherCell({network, account: account.address, cumulative: 1n}))};
    await stage.send(node, {to: account, body: nodeClaim(grant), deploy: true, value: toNano('0.1')});
    for (const cumulative of [1n, 1000n, toNano('0.5'), (1n << 64n) - 1n]) {
      const onChain = (await stage.read(channel.address, 'voucher_hash', [{type: 'int', value: cumulative}])).readBigNumber();
      assert.equal(BigInt(`0x${toHex(channelVoucherHash({network, channel: tonAddress(channel.address.toRawString()), epoch, cumulative}))}`), onChain);
      const ofNode = (await stage.read(account.address, 'node_voucher_hash', [{type: 'int', value: cumulative}])).readBigNumber();
      assert.equal(BigInt(`0x${toHex(nodeVoucherHash({network, account: tonAddress(account.address.toRawString()), cumulative}))}`), ofNode);
    }
  });
}
