/** The way to a person's wallet: TON Connect with its own dialogs. The one door to it; comes by `import()` when somebody wants a wallet. */
import {BadRequestError, TonConnect, TonConnectUI, UnknownAppError, UserRejectsError, type Wallet, WalletMissingRequiredFeaturesError, WalletNotConnectedError, WalletNotSupportFeatureError, WalletWrongNetworkError, WrongAddressError} from '@tonconnect/ui';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {tonAddress} from '#protocol/ton-address.ts';
import {demoNames} from './demo-names.ts';
import type {Connector, WalletIntroduction} from './desk.ts';
import {pageLanguage} from './page-language.ts';
import {requestOf} from './request.ts';
import {colorsSet} from './theme.ts';
import type {Ticket, WalletNetwork} from './words.ts';

/** With these a wallet said that nothing was sent. Their names do not survive a build: only `instanceof` tells. */
const unfit = [WalletMissingRequiredFeaturesError, WalletWrongNetworkError];
const wrongWallet = [...unfit, BadRequestError, UnknownAppError, WalletNotConnectedError, WalletNotSupportFeatureError, WrongAddressError];

/** Where TON Connect keeps its session. */
const sessionKey = 'ton-connect-storage_bridge-connection';
/** For an answer of the last moment, ms. */
const grace = 3000;

/** Both constructors write to the document, so call it once. Rejects with `offline` where our list of wallets can not be had. */
export async function connectorFor(network: WalletNetwork, clock: Clock): Promise<Connector> {
  const ui = await openInterface(network);
  return {
    connect: (payload) => {
      ui.uiOptions = looks(network.name);
      return connect(ui, {payload, demo: network.name === 'devnet'});
    },
    disconnect: async () => {
      if (!ui.connected) await ui.connector.restoreConnection();
      if (ui.connected) await ui.disconnect();
    },
    send: async (ticket, ms) => {
      ui.uiOptions = looks(network.name);
      if (!ui.connected) await ui.connector.restoreConnection();
      const {account} = ui;
      if (!account || account.chain !== String(network.network) || tonAddress(account.address) !== ticket.from) throw new NetworkError('bad-wallet', 'the wallet of this payment is not connected');
      return send(ui, {ticket, network, clock, ms});
    },
  };
}

/** TON Connect's own dialogs know English and Russian only. All of it is set together: what is left out of a change goes back to its defaults. */
const looks = (name: WalletNetwork['name']) => ({
  language: pageLanguage() === 'ru' ? 'ru' as const : 'en' as const,
  uiPreferences: {theme: 'SYSTEM' as const, borderRadius: 's' as const, colorsSet},
  // The demo wallet asks in a dialog of its own.
  actionsConfiguration: {modals: name === 'devnet' ? [] : ['before' as const], notifications: [], returnStrategy: 'none' as const},
});

async function openInterface({name, network}: WalletNetwork): Promise<TonConnectUI> {
  // On the devnet there is the demo wallet and no other, elsewhere the other way round.
  const walletsListSource = new URL(name === 'devnet' ? '/wallets-devnet.json' : '/wallets.json', location.href).href;
  // Where the list can't be had, TON Connect falls back to one of dozens of wallets and would speak to them all.
  const list = await fetch(walletsListSource).catch(() => undefined);
  if (!list?.ok) throw new NetworkError('offline', 'no list of wallets');
  const analytics = {mode: 'off'} as const;
  const walletsRequiredFeatures = {sendTransaction: {minMessages: 1}};
  const connector = new TonConnect({manifestUrl: `${location.origin}/tonconnect-manifest.json`, walletsListSource, walletsRequiredFeatures, analytics});
  connector.setConnectionNetwork(String(network));
  return new TonConnectUI({
    connector,
    analytics,
    walletsRequiredFeatures,
    // Asked for when it is needed: restoring wakes the wallet's bridge.
    restoreConnection: false,
    ...looks(name),
  });
}

/** Lets the person choose; whatever was connected before is left. Of one demo wallet there is nothing to choose, and no code for phones to show. */
async function connect(ui: TonConnectUI, {payload, demo}: {payload: string | undefined; demo: boolean}): Promise<WalletIntroduction> {
  if (ui.connected) await ui.disconnect();
  const request = payload === undefined ? undefined : {tonProof: payload};
  ui.setConnectRequestParameters(request ? {state: 'ready', value: request} : null);
  const stops: (() => void)[] = [];
  try {
    const wallet = await new Promise<Wallet>((resolve, reject) => {
      stops.push(
        ui.onStatusChange((connected) => connected && resolve(connected), reject),
        ui.onModalStateChange(({closeReason}) => closeReason === 'action-cancelled' && reject(new NetworkError('cancelled', 'no wallet was chosen'))),
      );
      if (demo) ui.connector.connect({jsBridgeKey: demoNames.key}, request);
      else void ui.openModal();
      // Its dialog takes no focus by itself: without this, the Escape key would go to the page around us.
      window.focus();
    });
    return introductionOf(wallet, await ui.getWallets());
  } catch (error) {
    // A wallet that does not fit is being told so by the SDK.
    if (!unfit.some((kind) => error instanceof kind)) await abandon(ui);
    throw refusalOf(error, 'bad-wallet');
  } finally {
    for (const stop of stops) stop();
    ui.closeModal('wallet-selected');
  }
}

/** Ends what was begun: showing a code has opened every wallet's bridge, and half a session is kept that the next visit would wait for. */
async function abandon(ui: TonConnectUI): Promise<void> {
  // The SDK drops what it is opening before it sees that it has nothing to restore.
  await ui.connector.restoreConnection({signal: AbortSignal.abort()});
  localStorage.removeItem(sessionKey);
}

function introductionOf({account, connectItems, device}: Wallet, known: readonly {readonly name: string; readonly appName: string}[]): WalletIntroduction {
  const {tonProof} = connectItems ?? {};
  // Wallets are not of one mind on upper and lower case.
  const isThis = (name: string) => name.toLowerCase() === device.appName.toLowerCase();
  return {
    app: known.find(({name, appName}) => isThis(appName) || isThis(name))?.name ?? device.appName,
    address: account.address,
    chain: account.chain,
    walletStateInit: account.walletStateInit,
    proof: tonProof && 'proof' in tonProof ? tonProof.proof : undefined,
  };
}

async function send(ui: TonConnectUI, {ticket, network, clock, ms}: {ticket: Ticket; network: WalletNetwork; clock: Clock; ms: number}): Promise<string> {
  const answered = new AbortController();
  const last = clock.now() + ms;
  const late = clock.sleep(ms + grace, answered.signal).then(() => {
    throw new NetworkError('wallet-silent', 'its time is over');
  });
  window.focus();
  try {
    return (await Promise.race([ui.sendTransaction(requestOf(ticket, network)), late])).boc;
  } catch (error) {
    if (error instanceof BadRequestError && clock.now() >= last) throw new NetworkError('expired', 'the wallet found it too old', {cause: error});
    throw refusalOf(error, 'wallet-silent');
  } finally {
    answered.abort(new Error('answered'));
    // Its dialog has no other way to be closed from here.
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
  }
}

/** What a failure of TON Connect means; `otherwise` where it says nothing of what the wallet did. */
function refusalOf(cause: unknown, otherwise: 'bad-wallet' | 'wallet-silent'): NetworkError {
  if (cause instanceof NetworkError) return cause;
  if (cause instanceof UserRejectsError) return new NetworkError('cancelled', 'the wallet said no', {cause});
  const code = wrongWallet.some((kind) => cause instanceof kind) ? 'bad-wallet' : otherwise;
  return new NetworkError(code, cause instanceof Error ? cause.message : codeOf(cause), {cause});
}
