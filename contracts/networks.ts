/** The networks that coins live on, by their global ids: what vouchers and wallets call them. */

export type NetworkName = 'devnet' | 'testnet' | 'mainnet';

/** The devnet has an id of its own, so that nothing signed there is worth anything elsewhere. */
export const networks: Readonly<Record<NetworkName, number>> = {devnet: -1001, testnet: -3, mainnet: -239};
