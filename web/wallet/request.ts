/** A ticket as TON Connect asks a wallet to sign it. */
import {friendlyAddress, type TonAddress} from '#protocol/ton-address.ts';
import type {Ticket, WalletNetwork} from './words.ts';

/** Network and sender are named, so that a wallet elsewhere refuses instead of sending from there. */
export function requestOf({from, to, value, validUntil, payload, stateInit}: Ticket, {name, network}: WalletNetwork) {
  // Bounceable: what the contract does not take comes back.
  const address = (of: TonAddress) => friendlyAddress(of, {bounceable: true, testnetOnly: name !== 'mainnet'});
  const message = {address: address(to), amount: value.toString(), payload, ...(stateInit === undefined ? {} : {stateInit})};
  return {validUntil, network: String(network), from, messages: [message]};
}
