/** What this page asks its relay about money, over plain HTTP. */
import * as v from 'valibot';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import {retryDelay} from '#protocol/retry.ts';
import {type TonAddress, tonAddress} from '#protocol/ton-address.ts';
import {systemClock} from '../platform/clock.ts';
import type {RelayMoney} from '../state/wallet-views.ts';

const address = v.pipe(v.string(), v.transform((text) => tonAddress(text)));
const money = v.object({
  name: v.picklist(['devnet', 'testnet', 'mainnet']),
  network: v.number(),
  endpoint: v.string(),
  vault: address,
  relayKey: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
  disputeWindow: v.number(),
  feePermille: v.number(),
  trial: v.number(),
});
const relay = v.object({money: v.optional(money)});
const refusal = v.object({code: v.string()});

/** Asks until the relay answers; undefined where all answers are free. */
export async function askMoney(): Promise<RelayMoney | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return v.parse(relay, await (await fetch('/api/relay')).json()).money;
    } catch {
      await systemClock.sleep(retryDelay(attempt, Math.random()));
    }
  }
}

/** Has the relay bring what clients granted to its vault. Rejects with the relay's code. */
export async function settle(): Promise<void> {
  const response = await fetch('/api/settle', {method: 'POST'}).catch((cause: unknown) => {
    throw new NetworkError('offline', 'settle', {cause});
  });
  if (response.ok) return;
  const answer = v.safeParse(refusal, await response.json().catch(() => undefined));
  throw new NetworkError(codeOf(answer.success ? answer.output : undefined), 'said the relay');
}

/** On the devnet: coins for a wallet. */
export async function faucet(to: TonAddress): Promise<void> {
  const response = await fetch('/devnet/control/faucet', {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({address: to, amount: '20'})}).catch(() => undefined);
  if (!response?.ok) throw new NetworkError('chain-down', 'the faucet is dry');
}
