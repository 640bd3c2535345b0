/** TonCenter's indexed HTTP interface, v3: the routes that our wallet and relay use. */
import type {Message} from '@ton/core';
import * as v from 'valibot';
import {normalizedHash} from '#contracts/message-hash.ts';
import {type DevChain, externalOf} from './chain.ts';
import {addressField, cellField, countField, hashField} from './fields.ts';
import {objectsOf, stackOfObjects} from './stack.ts';
import {readMethod, storageFee} from './toncenter-v2.ts';
import type {IndexedTransaction} from './transaction-index.ts';

type Route = (chain: DevChain, params: unknown) => Promise<unknown>;

const rawOf = (address: {toRawString(): string} | null | undefined): string | null => address?.toRawString().toUpperCase() ?? null;

function messageOf({info, body}: Message, hashes: {hash?: string; hash_norm?: string}) {
  const internal = info.type === 'internal' ? info : undefined;
  const opcode = body.bits.length >= 32 ? `0x${body.beginParse().loadUint(32).toString(16).padStart(8, '0')}` : null;
  return {
    ...hashes,
    source: info.type === 'external-in' ? null : rawOf(info.src),
    destination: info.type === 'external-out' ? null : rawOf(info.dest),
    value: internal?.value.coins.toString() ?? null,
    fwd_fee: internal?.forwardFee.toString() ?? null,
    created_lt: info.type === 'external-in' ? null : info.createdLt.toString(),
    opcode,
    bounce: internal?.bounce ?? null,
    bounced: internal?.bounced ?? null,
    message_content: {hash: body.hash().toString('base64'), body: body.toBoc().toString('base64'), decoded: null},
  };
}

function transactionOf({account, transaction, seqno, messageHash, normalizedHash: normal}: IndexedTransaction) {
  const {description, inMessage, outMessages, lt, now, totalFees, prevTransactionHash, prevTransactionLt, oldStatus, endStatus} = transaction;
  const generic = description.type === 'generic' ? description : undefined;
  const compute = generic?.computePhase;
  return {
    account: rawOf(account),
    hash: transaction.hash().toString('base64'),
    lt: lt.toString(),
    now,
    mc_block_seqno: seqno,
    prev_trans_hash: Buffer.from(prevTransactionHash.toString(16).padStart(64, '0'), 'hex').toString('base64'),
    prev_trans_lt: prevTransactionLt.toString(),
    orig_status: oldStatus,
    end_status: endStatus,
    total_fees: totalFees.coins.toString(),
    description: {
      type: generic ? 'ord' : description.type,
      aborted: generic?.aborted ?? false,
      destroyed: generic?.destroyed ?? false,
      storage_ph: {storage_fees_collected: storageFee(transaction).toString()},
      compute_ph: compute?.type === 'vm' ? {skipped: false, success: compute.success, exit_code: compute.exitCode, gas_used: compute.gasUsed.toString(), gas_fees: compute.gasFees.toString()} : {skipped: true, reason: compute?.reason ?? null},
      ...(generic?.actionPhase ? {action: {success: generic.actionPhase.success, result_code: generic.actionPhase.resultCode, no_funds: generic.actionPhase.noFunds}} : {}),
    },
    in_msg: inMessage ? messageOf(inMessage, {hash: messageHash, hash_norm: normal}) : null,
    out_msgs: [...outMessages.values()].map((message) => messageOf(message, {})),
  };
}

const listed = (entries: readonly IndexedTransaction[]) => ({transactions: entries.map(transactionOf), address_book: {}});

const most = 1000;
const listing = v.object({account: addressField, limit: v.optional(countField(most), 10), offset: v.optional(countField(1_000_000), 0), sort: v.optional(v.picklist(['asc', 'desc']), 'desc'), start_utime: v.optional(countField(2 ** 32), 0)});
const byMessage = v.object({msg_hash: hashField, direction: v.optional(v.literal('in', 'only `in` is kept here'), 'in'), limit: v.optional(countField(most), 10)});
const getting = v.object({address: addressField, method: v.pipe(v.string(), v.maxLength(100)), stack: stackOfObjects});

export const v3Routes: Readonly<Record<string, Route>> = {
  'GET addressInformation': async (chain, params) => {
    const contract = await chain.account(v.parse(v.object({address: addressField}), params).address);
    const state = contract.accountState;
    const active = state?.type === 'active' ? state.state : undefined;
    return {
      balance: contract.balance.toString(),
      code: active?.code?.toBoc().toString('base64') ?? null,
      data: active?.data?.toBoc().toString('base64') ?? null,
      last_transaction_lt: contract.lastTransactionLt.toString(),
      last_transaction_hash: Buffer.from(contract.lastTransactionHash.toString(16).padStart(64, '0'), 'hex').toString('base64'),
      frozen_hash: null,
      status: state?.type === 'active' || state?.type === 'frozen' ? state.type : 'uninit',
    };
  },
  'GET transactions': async (chain, params) => {
    const {account, limit, offset, sort, start_utime: since} = v.parse(listing, params);
    const newest = chain.transactions.of(account).filter(({transaction}) => transaction.now >= since);
    return listed((sort === 'asc' ? newest.toReversed() : newest).slice(offset, offset + limit));
  },
  'GET transactionsByMessage': async (chain, params) => {
    const {msg_hash: hash, limit} = v.parse(byMessage, params);
    return listed(chain.transactions.byMessage(hash).slice(0, limit));
  },
  // A chain has blocks also when nothing happens: its clock goes on.
  'GET masterchainInfo': async (chain) => ({last: {workchain: -1, shard: '8000000000000000', seqno: chain.head.seqno, root_hash: chain.head.hash.toString('base64'), gen_utime: String(chain.now)}}),
  'POST message': async (chain, params) => {
    const {boc} = v.parse(v.object({boc: cellField}), params);
    await chain.submit(boc);
    return {message_hash: boc.hash().toString('base64'), message_hash_norm: normalizedHash(externalOf(boc)).toString('base64')};
  },
  'POST runGetMethod': async (chain, params) => {
    const {gasUsed, exitCode, items} = await readMethod(chain, v.parse(getting, params));
    return {gas_used: gasUsed, exit_code: exitCode, stack: objectsOf(items)};
  },
};
