/** Names of the demo wallet, as public/wallets-devnet.json has them; `key` is its place in `window`. */
export const demoNames = {key: 'bombyxDemo', app: 'bombyxdemo', name: 'Demo wallet'} as const;
