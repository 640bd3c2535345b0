/** A node that charges, bound to an account as if its owner's wallet had proved itself before. */
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import {Earnings} from '#protocol/roles/earnings.ts';
import {NodeJobs, type NodeJobsOptions} from '#protocol/roles/node-jobs.ts';
import {sendStatus, serve} from '#protocol/roles/node.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {MemoryVouchers} from '#protocol/testing/memory-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {systemClock as clock} from '../clock.ts';
import type {RunningRelay} from '../start-relay.ts';

const owner = `0:${'b'.repeat(64)}` as TonAddress;
const account = `0:${'c'.repeat(64)}` as TonAddress;

/** Joins the relay; resolves when it may be paid there, with what ends it. */
export async function joinPaidNode({money}: RunningRelay, {transport, model}: {transport: Transport; model: NodeJobsOptions['model']}): Promise<() => Promise<void>> {
  const identity = await identityOf<NodeId>(await createSecret());
  money?.ledger.bind(identity.id, {owner, account});
  const engine = fakeEngine({clock, answer: () => 'for free', msPerToken: 1});
  const ready = Promise.withResolvers<void>();
  const earnings = new Earnings({transport, clock, account, vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => ready.resolve()});
  const jobs: NodeJobs = new NodeJobs({identity, engine, model, clock, speed: () => 0, earningsOf: () => earnings, onChange: () => sendStatus({transport, jobs, engine}), onOutcome: () => {}});
  const stop = new AbortController();
  const served = serve({transport, identity, engine, model, speeds: () => [], jobs, clock, earnings, peer: '', isPaired: () => false, onWelcome: () => {}}, stop.signal).catch(() => {});
  await ready.promise;
  return async () => {
    stop.abort(new Error('the test is over'));
    await served;
  };
}
