/** The page's composition root: opens the store, puts the services together, hands them to the app. */
import {NetworkError} from '#protocol/errors.ts';
import {identityOf} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {parseCatalogue} from '#protocol/models.ts';
import './app/app-shell.ts';
import {speak} from './app/language.ts';
import {sentenceOf} from './app/sentence.ts';
import {texts} from './app/texts.ts';
import {followDirectory} from './page/directory.ts';
import {keepLanguage, keptLanguage} from './page/kept-language.ts';
import {createNetwork} from './page/network.ts';
import {createNodeProcess, type ProcessEvent} from './page/node-process.ts';
import {mediaDesk} from './page/media-desk.ts';
import {memoryBudget} from './page/memory-budget.ts';
import {createNetworkStatus} from './page/network-status.ts';
import {relayAddresses, siblings} from './page/relay-addresses.ts';
import {linkOf} from './platform/socket.ts';
import {purseOf} from './page/purse.ts';
import {askMoney, faucet, settle} from './page/relay-money.ts';
import {createShareChannel, shareBonds} from './page/share-channel.ts';
import {createShell} from './page/shell.ts';
import {followSurroundings} from './page/surroundings.ts';
import {createWalletFrame} from './page/wallet-frame.ts';
import {systemClock} from './platform/clock.ts';
import {eraseModels, modelShelf} from './platform/model-folder.ts';
import {openStore} from './platform/store-idb.ts';
import {createChat} from './state/chat.ts';
import {gpuObstacle} from './state/gpu-obstacle.ts';
import {type LanguageChoice, languageFor} from './state/language.ts';
import {createKeptModels} from './state/models.ts';
import {createRelays, type RelaysControl} from './state/relays.ts';
import {createSettings} from './state/settings.ts';
import {shareAcrossTabs} from './state/share-follow.ts';
import {createShare, type ShareEvent} from './state/share.ts';
import {createTasks} from './state/tasks.ts';
import {canPay} from './state/wallet-sums.ts';
import {createWallet} from './state/wallet.ts';
import type {Conversation, Settings} from './state/views.ts';

const now = () => Date.now();
/** What a relay may owe this computer before paid jobs wait for a collection, nano-coins. */
const creditLimit = 1_000_000_000n;
/** Where our relay is, and the others of its cluster, which do for it where it is away. */
const links = async () => [location.origin, ...(await siblings())].map(linkOf);

/** What stopped the start, in words for the person. */
class NotStarted extends Error {}

/** The sentence is looked up when it is needed: by then its language has come. */
const because = (why: 'noStore' | 'noCatalogue') => async (cause: unknown): Promise<never> => {
  await speaking;
  throw new NotStarted(texts.shell[why], {cause});
};

const speakAs = (choice: LanguageChoice) => speak(languageFor(choice, navigator.languages));
/** Where its texts don't come, English is there. */
const speaking = speakAs(keptLanguage()).catch(() => {});

async function start(): Promise<void> {
  if (!isSecureContext) {
    await speaking;
    throw new NotStarted(texts.shell.insecure);
  }
  const shell = createShell();
  const [kept, catalogue] = await Promise.all([openStore().catch(because('noStore')), loadCatalogue().catch(because('noCatalogue')), speaking]);
  const [nodeSecret, deviceSecret] = [await kept.secret('node'), await kept.secret('device')];
  const [node, device] = await Promise.all([identityOf<NodeId>(nodeSecret), identityOf<DeviceId>(deviceSecret)]);
  const [payer, trial] = await Promise.all([identityOf<string>(await kept.secret('payer')), identityOf<DeviceId>(await kept.secret('trial'))]);
  const tabs = createShareChannel(shareBonds());
  const process = createNodeProcess({links, lead: tabs.lead});
  const settings: Settings = await createSettings({
    kept: {
      ...kept,
      erase: async () => {
        await share.stopNow();
        await eraseModels();
        await kept.erase();
      },
    },
    node: node.id,
    device: device.id,
    version: import.meta.env['VITE_VERSION'] ?? 'development',
    keys: deviceSecret.kind === 'key-pair' ? 'non-extractable' : 'stored',
    now,
    storageUsed: async () => (await navigator.storage.estimate()).usage,
    onLanguage: async (choice) => {
      await speakAs(choice);
      keepLanguage(choice);
    },
    onPaired: (paired) => void process.setPaired(paired.map((each) => each.device)),
    onErased: () => {
      // What wallets keep of their sessions.
      localStorage.clear();
      location.assign('/');
    },
  });
  const paired = () => settings.view.get().paired;
  const wallet = await createWallet({
    kept,
    desk: createWalletFrame(() => ({title: texts.wallet.dialog, close: texts.wallet.closeDialog})),
    clock: systemClock,
    node: node.id,
    payerKey: payer.id,
    newId: () => crypto.randomUUID(),
    settle,
    faucet,
    onDeposit: () => network.forgetDeposit(),
    onCollected: (collected) => void share.noteCollected(collected),
  });
  const relays = await createRelays({
    kept,
    // What fails is told by its news.
    connect: (relay) => void network.meet(relay).catch(() => {}),
    leave: (relay) => network.leave(relay),
    onUsed: (used) => void process.setRelays(used),
  });
  const network = createNetwork({
    links,
    identity: device,
    trial,
    delivery: () => settings.view.get().delivery,
    trialAt: async (relay) => identityOf<DeviceId>(await kept.secret(`trial ${relay}`)),
    chosen: relays.used,
    onRecord: relays.meet,
    onNews: relays.setNews,
    purse: purseOf({kept, key: payer, ours: () => wallet.view.get().money, onGranted: (granted) => wallet.setGranted(granted)}),
    onTrial: (left) => wallet.setTrialLeft(left),
    paired: () => paired().map((each) => each.node),
  });
  const chat = createChat({
    ask: (request) => network.ask(request),
    keep: (conversation) => kept.put('conversations', conversation),
    forget: (id) => kept.remove('conversations', id),
    priceCap: () => wallet.view.get().priceCap,
    conversations: (await kept.all('conversations')) as readonly Conversation[],
    newId: () => crypto.randomUUID(),
    now,
  });
  const tasks = createTasks({
    ask: (request) => network.ask(request),
    desk: mediaDesk,
    priceCap: () => wallet.view.get().priceCap,
    newId: () => crypto.randomUUID(),
    now,
  });
  const own = createShare(
    {
      setConditions: (conditions) => process.setConditions(conditions),
      probe: async () => {
        const report = await process.probe();
        return report.is === 'none' ? {is: 'none', why: gpuObstacle(report.symptom, navigator), detail: report.detail} : {...report, budgetBytes: memoryBudget(navigator)};
      },
      measure: () => process.measure(),
      speedOf: ({entry, kind}, {evenIfMetered, ...watch}) => process.speedOf({entry, device: kind, evenIfMetered}, watch),
      start: async ({entry, device: kind, prices: asked, evenIfMetered}, onEvent) => {
        // A browser that is short of room then clears others first. The demo model is not worth a question.
        if (!entry.demo) void navigator.storage.persist().catch(() => {});
        // Where the relay takes no money, nobody could be paid: then all is free.
        const prices = wallet.view.get().money && asked;
        const payee = prices && wallet.payee();
        if (prices && !payee) throw new NetworkError('bad-wallet', 'no wallet is connected');
        const pay = prices && payee && {...payee, prices, creditLimit};
        return (await process.start({secret: nodeSecret, entry, device: kind, evenIfMetered, paired: paired().map((each) => each.device), pay}, (event) => hear(relays, {event, onEvent}))) as NodeId;
      },
      finish: () => process.finish(),
      stopNow: () => process.stopNow(),
    },
    {catalogue, now, chosen: {asking: await kept.setting('asking'), limits: await kept.setting('limits'), speeds: await kept.setting('speeds')}, keep: (key, value) => kept.putSetting(key, value), onEarned: (earned) => wallet.setEarned(earned)},
  );
  const share = shareAcrossTabs(own, {tabs, noteCollected: (collected) => process.noteCollected(collected)});
  void followDirectory(network, {chat, tasks, catalogue, mine: () => new Set(paired().map((each) => each.node)), canPay: () => canPay(wallet.view.get()), onGap: (gap) => shell.setOutdated(gap)});
  void followSurroundings((surroundings) => share.setSurroundings(surroundings));
  void askMoney().then((money) => wallet.setMoney(money));
  void relayAddresses().then((known) => known && relays.setKnown(known.relays));
  const app = document.querySelector('app-shell');
  if (app) app.services = {chat, tasks, share, settings, shell, wallet, relays, network: createNetworkStatus(catalogue), models: createKeptModels(modelShelf)};
}

/** Links to relays of other operators are shown beside the relays; all else is the share page's. */
function hear(relays: RelaysControl, {event, onEvent}: {event: ProcessEvent; onEvent(event: ShareEvent): void}): void {
  if (event.type === 'elsewhere') return relays.setSharing(event.relay, event.state);
  if (event.type === 'stopped' || event.type === 'recovering') relays.endSharing();
  onEvent(event);
}

const loadCatalogue = async () => parseCatalogue(await (await fetch('/models.json')).json());

try {
  await start();
} catch (error) {
  await speaking;
  const app = document.querySelector('app-shell');
  if (app) app.failure = error instanceof NotStarted ? error.message : sentenceOf(error);
  console.error(error);
}
