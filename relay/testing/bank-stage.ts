/** Two relays of a cluster in one process: the books are at the first, a paid node is at the second. */
import {setImmediate} from 'node:timers/promises';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import {Client} from '#protocol/roles/client.ts';
import {Bans} from '#protocol/roles/relay-bans.ts';
import type {HubOptions} from '#protocol/roles/relay-options.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {MemoryBank, MemoryVouchers} from '#protocol/testing/memory-bank.ts';
import {TestNetwork, testModel} from '#protocol/testing/network.ts';
import {prices, words} from '#protocol/testing/paying-stage.ts';
import {BankDesk} from '../cluster/bank-desk.ts';
import {Cluster} from '../cluster/cluster.ts';
import {FarBank} from '../cluster/far-bank.ts';
import {silentLog} from '../log.ts';
import {memoryBuses} from './memory-bus.ts';

const urls = ['https://books.example', 'https://far.example'] as const;

export async function bankStage({workBits = 0}: {workBits?: number} = {}) {
  const clock = new ManualClock(() => setImmediate());
  const buses = memoryBuses();
  const [nearBus, farBus] = [buses.join(), buses.join()];
  const bank = await MemoryBank.open();
  const relay = ({bus, url, ...options}: Partial<HubOptions> & {bus: typeof nearBus; url: string}) => {
    const cluster = new Cluster({bus, clock, url, relays: urls.filter((other) => other !== url), log: silentLog, bans: new Bans()});
    const network = new TestNetwork(clock, {...options, workBits, neighbours: cluster, onNode: cluster.onNode});
    cluster.join(network.hub);
    return network;
  };
  let settled = 0;
  const settle = async () => {
    settled += 1;
  };
  const near = relay({bus: nearBus, url: urls[0], bank});
  const openDesk = (bus = nearBus, {cashier} = near.hub) => {
    if (!cashier) throw new Error('no books');
    return new BankDesk({bus, clock, cashier, network: 'testnet', endpoint: 'https://chain.example', settle});
  };
  let desk = openDesk();
  const farBank = await clock.drive(FarBank.open({bus: farBus, clock, log: silentLog}));
  const far = relay({bus: farBus, url: urls[1], cashier: farBank});
  for (const network of [near, far]) network.sweepEachSecond();
  void (async () => {
    for (;;) {
      await clock.sleep(1000);
      desk.sweep();
    }
  })();
  /** Each with its owner's account; all their vouchers are kept here. */
  const vouchers = new MemoryVouchers();
  const paidNode = async (network: TestNetwork) => {
    const identity = await identityOf<NodeId>(await createSecret());
    const pay = {account: bank.bind(identity.id), vouchers, creditLimit: 10n ** 12n, onBalance: () => {}};
    return network.node(fakeEngine({clock, answer: () => words(300), msPerToken: 10}), {model: {...testModel, prices}, identity, pay});
  };
  await paidNode(far);
  const purse = await bank.deposit(10n ** 10n);
  const client = (home: 0 | 1) =>
    new Client({clock, connect: async (to = urls[home]) => (to === urls[0] ? near : far).connect(), relays: async () => urls, purse: async () => purse, random: Math.random});
  await clock.advance(2000);
  return {
    clock,
    bank,
    near,
    far,
    farBank,
    paidNode,
    client,
    vouchers,
    settled: () => settled,
    /** A place on the bus for one more relay. */
    joinBus: () => buses.join(),
    cut: () => buses.cut([nearBus], [farBus]),
    heal: () => buses.cut(),
    /** The relay with the books is started anew: its desk knows nobody, its books know all. */
    restartDesk: async () => {
      await nearBus.close();
      near.restart();
      desk = openDesk(buses.join(), near.hub);
    },
    /** To all nodes. */
    owed: () => [...bank.ledger.accounts.values()].reduce((sum, {owed}) => sum + owed, 0n),
    charged: () => bank.ledger.channels.get(purse.channel)?.charged ?? 0n,
    granted: () => bank.ledger.channels.get(purse.channel)?.granted ?? 0n,
  };
}
