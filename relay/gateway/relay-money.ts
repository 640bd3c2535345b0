/** What the gateway asks its relay about money, over plain HTTP; and the devnet's faucet. */
import * as v from 'valibot';
import {networks} from '#contracts/networks.ts';
import type {WalletNetwork} from '#contracts/wallet-words.ts';
import {formatAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {placeFields} from './money-words.ts';

const relay = v.object({money: v.optional(v.object(placeFields))});

const requestMs = 10_000;

/** The relay's place on its network; undefined where all answers are free. Rejects with `offline`, `bad-relay`. */
export async function askRelayMoney(address: string): Promise<WalletNetwork | undefined> {
  const response = await fetch(new URL('/api/relay', address), {signal: AbortSignal.timeout(requestMs), redirect: 'error'}).catch((cause: unknown) => {
    throw new NetworkError('offline', 'the relay does not answer', {cause});
  });
  if (!response.ok) throw new NetworkError('offline', `the relay answers with status ${response.status}`);
  const said = v.safeParse(relay, await response.json().catch(() => undefined));
  if (!said.success) throw new NetworkError('bad-relay', 'what it says of itself can not be read');
  const known = said.output.money;
  if (!known) return undefined;
  // A relay that calls real coins play money must not have them.
  if (networks[known.name] !== known.network) throw new NetworkError('bad-relay', `it calls network ${known.network} the ${known.name}`);
  return {...known, endpoint: endpointOf(known.endpoint, address)};
}

/** A relay with a devnet of its own names a path. */
function endpointOf(text: string, address: string): string {
  const url = URL.canParse(text, address) ? new URL(text, address) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new NetworkError('bad-relay', 'where its chain is can not be read');
  return url.href.replace(/\/$/, '');
}

/** On the devnet: coins for a wallet. Rejects with `chain-down`. */
export async function askFaucet({endpoint}: WalletNetwork, {to, amount}: {to: TonAddress; amount: bigint}): Promise<void> {
  const response = await fetch(`${endpoint}/control/faucet`, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({address: to, amount: formatAmount(amount)}), signal: AbortSignal.timeout(requestMs), redirect: 'error',
  }).catch(() => undefined);
  if (!response?.ok) throw new NetworkError('chain-down', 'the faucet gives nothing');
}
