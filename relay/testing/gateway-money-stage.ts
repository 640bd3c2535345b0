/** A real relay with a devnet of its own and a node that is paid, and a gateway's money before it: its folder, its commands, its purse. */
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {Address} from '@ton/core';
import {accountDeployment} from '#contracts/node-account/node-account.ts';
import {nodePayload} from '#contracts/ton-proof.ts';
import {toHex} from '#protocol/bytes.ts';
import type {Prices} from '#protocol/price.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {Client} from '#protocol/roles/client.ts';
import {clockOf} from '#protocol/roles/clock.ts';
import {Earnings} from '#protocol/roles/earnings.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {MemoryVouchers} from '#protocol/testing/memory-bank.ts';
import {linkOf, openSocket} from '#sdk/socket.ts';
import {systemClock} from '../clock.ts';
import {readConfig} from '../config.ts';
import {type GatewayMoney, openGatewayMoney} from '../gateway/gateway-money.ts';
import {runMoneyCommand} from '../gateway/money-commands.ts';
import type {GatewayMoneyConfig} from '../gateway/money-config.ts';
import {silentLog} from '../log.ts';
import {startRelay} from '../start-relay.ts';
import {appFolder, liveNode, parrotHash, talking} from './live-network.ts';
import {network, Person, rawOf} from './money-stage.ts';

/** 0.01 coins per token that is written: each shows. */
const prices: Prices = {prompt: 20_000_000_000n, cached: 0n, completion: 10_000_000_000_000n, reasoning: 0n};
export const perToken = prices.completion / 1_000_000n;

/** An offer that nobody took up is kept for half a minute: that is no reason for the test to stay. */
const idleClock = clockOf({now: () => Date.now(), start: (wake, ms) => setTimeout(wake, ms).unref(), stop: (timer) => clearTimeout(timer)});

/** The system's clock, a while later. */
const later = (ms: () => number): Clock => ({now: () => systemClock.now() + ms(), sleep: (...args) => systemClock.sleep(...args)});

export interface Asked {
  readonly answer: string;
  readonly error: unknown;
  /** By the receipts, nano-coins. */
  readonly cost: bigint;
  readonly payment: string | undefined;
}

/** Closes by itself at the end of the test. */
export async function gatewayMoneyStage(t: TestContext, environment: Readonly<Record<string, string>> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'gateway-money-'));
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: join(data, 'relay'), BOMBYX_DEVNET_CONTROLS: 'on', BOMBYX_WEBRTC: 'off', BOMBYX_DIST: appFolder(t), ...environment}), {log: silentLog});
  t.after(async () => {
    await relay.close();
    rmSync(data, {recursive: true});
  });
  const money = relay.money ?? assert.fail();
  const devnet = money.devnet ?? assert.fail();
  let ahead = 0;
  const clock = later(() => ahead);
  const folder = join(data, 'gateway');
  const config: GatewayMoneyConfig = {folder, dailyCap: 10_000_000_000n, priceCap: 10_000_000_000n};
  const open = async (changes: Partial<GatewayMoneyConfig> = {}): Promise<{money: GatewayMoney; client: Client}> => {
    const opened = await openGatewayMoney({config: {...config, ...changes}, relay: relay.url, clock, log: silentLog});
    const client = new Client({clock: systemClock, connect: () => openSocket(linkOf(relay.url)), random: Math.random, ...opened});
    t.after(async () => {
      client.close();
      await opened.close().catch(() => {});
    });
    return {money: opened, client};
  };
  return {
    relay,
    money,
    devnet,
    folder,
    config,
    open,
    /** Moves the gateway's clock, not the chain's. */
    pass: (ms: number) => void (ahead += ms),
    /** Runs a command; gives its exit status and what it wrote. */
    run: async (args: string, changes: Partial<GatewayMoneyConfig> = {}) => {
      const lines: string[] = [];
      const code = await runMoneyCommand(args.split(' '), {config: {...config, ...changes}, relay: relay.url, clock, write: (line) => lines.push(line)});
      return {code, text: lines.join('\n')};
    },
    fault: async (mode: string) => assert.ok((await fetch(`${relay.url}/devnet/control/faults`, {method: 'POST', body: JSON.stringify({mode})})).ok),
    settle: async () => assert.equal((await fetch(`${relay.url}/api/settle`, {method: 'POST'})).status, 200),
    balance: async (address: string) => (await devnet.chain.account(Address.parse(address))).balance,
    /** A node that says `answer`, or what its engine says, bound to the account of a wallet; resolves when it is welcome. */
    paidNode: async (answer: string | Engine) => {
      const owner = new Person(devnet, 7);
      const {vault, relayKey} = money.bank.terms;
      const {address} = accountDeployment({vault: Address.parse(vault), owner: owner.address, relayKey: BigInt(`0x${toHex(relayKey)}`)});
      return liveNode(relay.port, {
        engine: typeof answer === 'string' ? talking(answer) : answer,
        prices,
        clock: idleClock,
        earn: (transport, node) =>
          new Earnings({transport, clock: systemClock, account: rawOf(address), proof: owner.prove(nodePayload(node), {on: network, timestamp: Math.floor(Date.now() / 1000)}), vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => {}}),
      });
    },
    /** What the purse says on disk. */
    onDisk: () => {
      const {day, spent, channels} = JSON.parse(readFileSync(join(folder, 'purse-devnet.json'), 'utf8')) as {day: string; spent: string; channels: Record<string, {granted: string; seen: string}>};
      const {granted, seen} = channels[money.bank.terms.vault] ?? assert.fail('no channel on disk');
      return {day, spent: BigInt(spent), granted: BigInt(granted), seen: BigInt(seen)};
    },
  };
}

/** Asks the parrot for what it may cost. */
export async function askPaid(client: Pick<Client, 'ask'>, {priceCap}: Pick<GatewayMoney, 'priceCap'>): Promise<Asked> {
  const events: AskEvent[] = [];
  const question = client.ask({model: parrotHash, job: {task: 'chat', messages: [{role: 'user', content: 'tell me a story'}], maxTokens: 100}, priceCap, signal: new AbortController().signal});
  const run = async () => {
    for await (const event of question) events.push(event);
  };
  const error = await run().then(() => undefined, (thrown: unknown) => thrown);
  return {
    error,
    answer: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    cost: events.reduce((sum, event) => sum + (event.type === 'done' ? event.receipt.price : 0n), 0n),
    payment: events.flatMap((event) => (event.type === 'bound' && event.payment ? [event.payment] : [])).at(-1),
  };
}
