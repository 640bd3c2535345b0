/** TonCenter's first HTTP interface, v2, as far as `TonClient` and wallets use it: each method takes parameters and gives its `result`. */
import {beginCell, type Cell, Dictionary, external, type Message, type Transaction} from '@ton/core';
import {GetMethodError} from '@ton/sandbox';
import * as v from 'valibot';
import {normalizedHash} from '#contracts/message-hash.ts';
import {type DevChain, externalOf} from './chain.ts';
import {addressField, cellField, countField, hashField, ltField} from './fields.ts';
import {pairsOf, stackOfPairs} from './stack.ts';
import type {IndexedTransaction} from './transaction-index.ts';

type Method = (chain: DevChain, params: unknown) => Promise<unknown>;

const bocOf = (cell: Cell | null | undefined): string => (cell ? cell.toBoc().toString('base64') : '');
const hash64 = (value: bigint): string => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64');

function blockOf({head}: DevChain, workchain = -1) {
  const hash = head.hash.toString('base64');
  return {'@type': 'ton.blockIdExt', workchain, shard: '-9223372036854775808', seqno: head.seqno, root_hash: hash, file_hash: hash};
}

function messageOf({info, body}: Message) {
  const coins = info.type === 'internal' ? info.value.coins : 0n;
  return {
    '@type': 'raw.message',
    source: info.type === 'external-in' ? '' : info.src.toString(),
    destination: info.dest?.toString() ?? '',
    value: coins.toString(),
    extra_currencies: [],
    fwd_fee: info.type === 'internal' ? info.forwardFee.toString() : '0',
    ihr_fee: '0',
    created_lt: info.type === 'external-in' ? '0' : info.createdLt.toString(),
    body_hash: body.hash().toString('base64'),
    msg_data: {'@type': 'msg.dataRaw', body: bocOf(body), init_state: ''},
    message: '',
  };
}

function transactionOf({account, transaction}: IndexedTransaction) {
  const {totalFees, inMessage, outMessages, now, lt, raw} = transaction;
  const storage = storageFee(transaction);
  return {
    '@type': 'raw.transaction',
    address: {'@type': 'accountAddress', account_address: account.toString()},
    utime: now,
    data: bocOf(raw),
    transaction_id: {'@type': 'internal.transactionId', lt: lt.toString(), hash: transaction.hash().toString('base64')},
    fee: totalFees.coins.toString(),
    storage_fee: storage.toString(),
    other_fee: (totalFees.coins - storage).toString(),
    ...(inMessage ? {in_msg: messageOf(inMessage)} : {}),
    out_msgs: [...outMessages.values()].map(messageOf),
  };
}

export const storageFee = ({description}: Transaction): bigint => ('storagePhase' in description ? (description.storagePhase?.storageFeesCollected ?? 0n) : 0n);

const addressOnly = v.object({address: addressField});

async function accountOf(chain: DevChain, params: unknown) {
  const contract = await chain.account(v.parse(addressOnly, params).address);
  const state = contract.accountState;
  return {contract, active: state?.type === 'active' ? state.state : undefined, state: state?.type === 'active' || state?.type === 'frozen' ? state.type : 'uninitialized'};
}

const getAddressInformation: Method = async (chain, params) => {
  const {contract, active, state} = await accountOf(chain, params);
  return {
    '@type': 'raw.fullAccountState',
    balance: contract.balance.toString(),
    extra_currencies: [],
    code: bocOf(active?.code),
    data: bocOf(active?.data),
    last_transaction_id: {'@type': 'internal.transactionId', lt: contract.lastTransactionLt.toString(), hash: hash64(contract.lastTransactionHash)},
    block_id: blockOf(chain, 0),
    frozen_hash: '',
    sync_utime: chain.now,
    state,
  };
};

const listing = v.object({address: addressField, limit: v.optional(countField(1000), 10), lt: v.optional(ltField), hash: v.optional(hashField), to_lt: v.optional(ltField)});

const getTransactions: Method = async (chain, params) => {
  const {address, limit, lt, hash, to_lt: until = 0n} = v.parse(listing, params);
  const all = chain.transactions.of(address);
  if (lt !== undefined && hash !== undefined && !all.some(({transaction}) => transaction.lt === lt && transaction.hash().toString('base64') === hash)) throw new Error('there is no such transaction');
  return all.filter(({transaction}) => transaction.lt <= (lt ?? transaction.lt) && transaction.lt > until).slice(0, limit).map(transactionOf);
};

const getting = v.object({address: addressField, method: v.union([v.pipe(v.string(), v.maxLength(100)), countField(2 ** 32)]), stack: stackOfPairs});

const runGetMethod: Method = async (chain, params) => {
  const {address, method, stack} = v.parse(getting, params);
  const {gasUsed, exitCode, items} = await readMethod(chain, {address, method, stack});
  return {'@type': 'smc.runResult', gas_used: gasUsed, stack: pairsOf(items), exit_code: exitCode, block_id: blockOf(chain)};
};

/** Runs a get method; a failure of it is a result too, -13 where there is no contract. */
export async function readMethod(chain: DevChain, {address, method, stack}: {address: Parameters<DevChain['get']>[0]; method: string | number; stack: Parameters<DevChain['get']>[2]}) {
  if ((await chain.account(address)).accountState?.type !== 'active') return {gasUsed: 0, exitCode: -13, items: []};
  try {
    const result = await chain.get(address, typeof method === 'string' && /^\d+$/.test(method) ? Number(method) : method, stack);
    return {gasUsed: Number(result.gasUsed), exitCode: result.exitCode, items: result.stack};
  } catch (error) {
    if (error instanceof GetMethodError) return {gasUsed: Number(error.gasUsed), exitCode: error.exitCode, items: []};
    throw error;
  }
}

const sending = v.object({boc: cellField});
const estimating = v.object({address: addressField, body: cellField, init_code: v.optional(v.union([cellField, v.literal('')])), init_data: v.optional(v.union([cellField, v.literal('')])), ignore_chksig: v.optional(v.boolean(), true)});

const estimateFee: Method = async (chain, params) => {
  const {address, body, init_code: code, init_data: data, ignore_chksig: ignoreSignature} = v.parse(estimating, params);
  const init = code && data ? {code, data} : undefined;
  const [first] = await chain.rehearse(external({to: address, body, ...(init ? {init} : {})}), {ignoreSignature});
  const {description, totalFees} = first ?? {};
  const generic = description?.type === 'generic' ? description : undefined;
  const gas = generic?.computePhase.type === 'vm' ? generic.computePhase.gasFees : 0n;
  const storage = first ? storageFee(first) : 0n;
  const actions = generic?.actionPhase?.totalActionFees ?? 0n;
  const forward = generic?.actionPhase?.totalFwdFees ?? 0n;
  const fees = {'@type': 'fees', in_fwd_fee: Number((totalFees?.coins ?? 0n) - gas - storage - actions), storage_fee: Number(storage), gas_fee: Number(gas), fwd_fee: Number(forward)};
  return {'@type': 'query.fees', source_fees: fees, destination_fees: []};
};

const configAsked = v.union([v.object({config_id: countField(1000)}), v.pipe(v.object({param: countField(1000)}), v.transform(({param}) => ({config_id: param})))]);

export const v2Methods: Readonly<Record<string, Method>> = {
  getAddressInformation,
  getAddressBalance: async (chain, params) => (await accountOf(chain, params)).contract.balance.toString(),
  getAddressState: async (chain, params) => (await accountOf(chain, params)).state,
  getTransactions,
  runGetMethod,
  sendBoc: async (chain, params) => {
    await chain.submit(v.parse(sending, params).boc);
    return {'@type': 'ok'};
  },
  sendBocReturnHash: async (chain, params) => {
    const {boc} = v.parse(sending, params);
    await chain.submit(boc);
    return {'@type': 'raw.extMessageInfo', hash: boc.hash().toString('base64'), hash_norm: normalizedHash(externalOf(boc)).toString('base64')};
  },
  estimateFee,
  getMasterchainInfo: async (chain) => ({'@type': 'blocks.masterchainInfo', last: blockOf(chain), state_root_hash: blockOf(chain).root_hash, init: {...blockOf(chain), seqno: 0}}),
  shards: async (chain) => ({'@type': 'blocks.shards', shards: [blockOf(chain, 0)]}),
  getConfigParam: async (chain, params) => {
    const {config_id: id} = v.parse(configAsked, params);
    const cell = Dictionary.loadDirect(Dictionary.Keys.Int(32), Dictionary.Values.Cell(), chain.config).get(id) ?? beginCell().endCell();
    return {'@type': 'configInfo', config: {'@type': 'tvm.cell', bytes: bocOf(cell)}};
  },
};
