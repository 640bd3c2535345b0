/** The demo wallet as TON Connect finds an injected wallet (JS bridge, protocol v2). */
import * as v from 'valibot';
import {codeOf} from '#protocol/errors.ts';
import {demoNames} from './demo-names.ts';
import {type DemoWallet, maxMessages, refusalCodes, type Review, WalletRefusal} from './demo-wallet.ts';

/** Asks the person; nothing happens without a yes. A signal ends the question with a no. */
export interface Person {
  mayConnect(): Promise<boolean>;
  maySend(review: Review, signal: AbortSignal): Promise<boolean>;
}

export interface DemoBridgeOptions {
  readonly wallet: DemoWallet;
  readonly person: Person;
  /** Host of the site that the wallet proves itself to, with its port. */
  readonly domain: string;
  /** Whether the person connected it, remembered across visits. */
  readonly session: {connected: boolean};
}

const connecting = v.object({items: v.array(v.object({name: v.string(), network: v.optional(v.string()), payload: v.optional(v.string())}))});
const calling = v.object({method: v.string(), params: v.array(v.string()), id: v.string()});

const features = [{name: 'SendTransaction', maxMessages}];
const deviceInfo = {platform: 'browser', appName: demoNames.app, appVersion: '1', maxProtocolVersion: 2, features};
const walletInfo = {name: demoNames.name, app_name: demoNames.app, image: '/icons/wallets/demo.svg', about_url: '/wallet', platforms: ['chrome', 'firefox', 'safari'], features};

export function demoBridge({wallet, person, domain, session}: DemoBridgeOptions) {
  let events = 0;
  const connected = (items: readonly object[]) => ({event: 'connect', id: events++, payload: {items, device: deviceInfo}});
  const failed = (error: unknown) => ({event: 'connect_error', id: events++, payload: failureOf(error)});
  const connect = async (_version: number, request: unknown) => {
    try {
      const {items} = readAs(connecting, request);
      const introduction = wallet.introduce();
      const wanted = items.find(({name}) => name === 'ton_addr')?.network ?? introduction.network;
      if (wanted !== introduction.network) throw new WalletRefusal('badRequest', 'The demo wallet is for the devnet only.');
      if (!(await person.mayConnect())) throw new WalletRefusal('rejected', 'The person said no.');
      const payload = items.find(({name}) => name === 'ton_proof')?.payload;
      session.connected = true;
      return connected([introduction, ...(payload === undefined ? [] : [wallet.prove(payload, domain)])]);
    } catch (error) {
      return failed(error);
    }
  };
  const sendTransaction = async ([text = '']: readonly string[]) => {
    if (!session.connected) throw new WalletRefusal('unknownApp', 'This site is not connected.');
    const review = await wallet.review(text);
    const late = AbortSignal.timeout(review.left * 1000);
    const approved = await person.maySend(review, late);
    if (late.aborted) throw new WalletRefusal('badRequest', 'The request is too old.');
    if (!approved) throw new WalletRefusal('rejected', 'The person said no.');
    return wallet.send(review);
  };
  const disconnect = () => {
    session.connected = false;
  };
  const call = async ({method, params}: v.InferOutput<typeof calling>): Promise<unknown> => {
    if (method === 'sendTransaction') return sendTransaction(params);
    if (method !== 'disconnect') throw new WalletRefusal('unsupported', `The demo wallet does not know ${method}.`);
    disconnect();
    return {};
  };
  return {
    deviceInfo,
    walletInfo,
    protocolVersion: 2,
    isWalletBrowser: false,
    connect,
    restoreConnection: async () => (session.connected ? connected([wallet.introduce()]) : failed(new WalletRefusal('unknownApp', 'This site is not connected.'))),
    send: async (message: unknown) => {
      const {success, output} = v.safeParse(calling, message);
      if (!success) return {id: '', error: failureOf(new WalletRefusal('badRequest', 'The request can not be read.'))};
      try {
        return {id: output.id, result: await call(output)};
      } catch (error) {
        return {id: output.id, error: failureOf(error)};
      }
    },
    /** Nothing happens in this wallet that its app did not ask for. */
    listen: (_onEvent: (event: unknown) => void) => () => {},
    disconnect,
  };
}

function readAs<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const {success, output} = v.safeParse(schema, value);
  if (!success) throw new WalletRefusal('badRequest', 'The request can not be read.');
  return output;
}

const failureOf = (error: unknown) => (error instanceof WalletRefusal ? {code: error.code, message: error.message} : {code: refusalCodes.unknown, message: codeOf(error)});
