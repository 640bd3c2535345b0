/** The page's composition root, loaded beside the first screen: opens the store, puts the services together, hands them to the app. */
import {NetworkError} from '#protocol/errors.ts';
import {identityOf} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {parseCatalogue} from '#protocol/models.ts';
import {followLinks} from './app/follow-links.ts';
import {speak} from './app/language.ts';
import {route} from './app/router.ts';
import {sentenceOf} from './app/sentence.ts';
import {texts} from './app/texts.ts';
import {followDirectory} from './page/directory.ts';
import {createInstallation} from './page/installation.ts';
import {keepLanguage, keptLanguage} from './page/kept-language.ts';
import {createNetwork} from './page/network.ts';
import {createNodeProcess, type ProcessEvent} from './page/node-process.ts';
import {mediaDesk} from './page/media-desk.ts';
import {memoryBudget} from './page/memory-budget.ts';
import {createNetworkStatus} from './page/network-status.ts';
import {openRedaction} from './page/redaction.ts';
import {relayAddresses, siblings} from './page/relay-addresses.ts';
import {linkOf} from '#sdk/socket.ts';
import {createOwnDevice} from './page/own-device.ts';
import {purseOf} from './page/purse.ts';
import {askMoney, faucet, settle} from './page/relay-money.ts';
import {createShareChannel, shareBonds} from './page/share-channel.ts';
import {pairedTabs} from './page/paired-tabs.ts';
import {createShell} from './page/shell.ts';
import {followSurroundings} from './page/surroundings.ts';
import {createWalletDoor} from './page/wallet-door.ts';
import {systemClock} from './platform/clock.ts';
import {eraseModels, modelShelf} from './platform/model-folder.ts';
import {openStore} from './platform/store-idb.ts';
import {askBy} from './state/ask-door.ts';
import {createChat} from './state/chat.ts';
import {familyOf} from './state/choices.ts';
import {createDrafts} from './state/drafts.ts';
import {gpuObstacle} from './state/gpu-obstacle.ts';
import {createHistory} from './state/history.ts';
import {type LanguageChoice, languageFor} from './state/language.ts';
import {createKeptModels} from './state/models.ts';
import {createPresets} from './state/presets.ts';
import {createRelays, type RelaysControl} from './state/relays.ts';
import {createSettings, type SettingsControl} from './state/settings.ts';
import {shareAcrossTabs} from './state/share-follow.ts';
import {createShare, type ShareEvent} from './state/share.ts';
import type {Tasks} from './state/task-views.ts';
import {createTasks} from './state/tasks.ts';
import {canPay} from './state/wallet-sums.ts';
import {createWallet} from './state/wallet.ts';
import type {Pairing} from './state/pairing-views.ts';
import type {ShareRoom} from './state/share-room.ts';
import type {Chat, Conversation, Settings} from './state/views.ts';

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
  const tellTabs = pairedTabs(() => void settings.readPairedAgain());
  const settings: SettingsControl = await createSettings({
    kept: {
      ...kept,
      erase: async () => {
        await share.stopNow();
        await eraseModels();
        await (await import('./platform/book-idb.ts')).eraseBook();
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
    tellTabs,
    onErased: () => {
      // What wallets keep of their sessions.
      localStorage.clear();
      location.assign('/');
    },
  });
  const paired = () => settings.view.get().paired;
  const wallet = await createWallet({
    kept,
    desk: createWalletDoor(() => ({title: texts.wallet.dialog, close: texts.wallet.closeDialog})),
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
    onPairedUse: (key) => void settings.notePairedUse(key),
  });
  const redaction = openRedaction(kept);
  const [drafts, presets] = await Promise.all([createDrafts(kept), createPresets(kept)]);
  const chat = createChat({
    ask: (request) => asking(request),
    own: {model: () => here.model(), choose: (model) => here.choose(model)},
    sensitive: () => settings.view.get().sensitive,
    keep: (conversation) => kept.put('conversations', conversation),
    forget: (id) => {
      drafts.drop(id);
      return kept.remove('conversations', id);
    },
    standard: () => presets.view.get().standard,
    priceCap: () => wallet.view.get().priceCap,
    conversations: (await kept.all('conversations')) as readonly Conversation[],
    newId: () => crypto.randomUUID(),
    now,
  });
  const history = createHistory({chat, keepAll: (conversations) => kept.putAll('conversations', conversations)});
  const tasks = createTasks({
    ask: (request) => asking(request),
    ownModels: () => here.view.get(),
    sensitive: () => settings.view.get().sensitive,
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
        return (await process.start({secret: nodeSecret, entry, device: kind, evenIfMetered, paired: paired().map((each) => each.device), pay}, (event) => (event.type === 'device' ? void settings.notePairedUse(event.device) : hear(relays, {event, onEvent})))) as NodeId;
      },
      finish: () => process.finish(),
      stopNow: () => process.stopNow(),
    },
    {catalogue, now, chosen: {asking: await kept.setting('asking'), limits: await kept.setting('limits'), speeds: await kept.setting('speeds')}, keep: (key, value) => kept.putSetting(key, value), onEarned: (earned) => wallet.setEarned(earned)},
  );
  const share = shareAcrossTabs(own, {tabs, noteCollected: (collected) => process.noteCollected(collected)});
  const here = createOwnDevice({secret: nodeSecret, identity: device, process, kept: () => modelShelf.list(), catalogue, speeds: await kept.setting('speeds'), share: share.view});
  followDefault(settings, [chat, tasks]);
  const asking = askBy({away: (request) => redaction.covered(request, (covered) => network.ask(covered)), here: (request) => here.ask(request)});
  // Not on the first route: it loads with the page for sharing, and where this person has chosen that sharing starts by itself.
  let opening: Promise<ShareRoom> | undefined;
  const openRoom = async () => {
    const [{openShareRoom}, {shareRoomTexts}] = await Promise.all([import('./page/share-room.ts'), import('./app/share-room-texts.ts')]);
    return openShareRoom({kept, share, own, shell, network, catalogue, familyOf, node: node.id, words: (kind) => shareRoomTexts.notices[kind]});
  };
  // What did not arrive is asked for again at the next call.
  const room = () =>
    (opening ??= openRoom().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  void kept.setting('habits').then((chosen) => chosen && room()).catch(() => {});
  void followDirectory(network, {wanted: () => asksAway(chat), chat, tasks, catalogue, mine: () => new Set(paired().map((each) => each.node)), canPay: () => canPay(wallet.view.get()), onGap: (gap) => shell.setOutdated(gap)});
  void followSurroundings((surroundings) => share.setSurroundings(surroundings));
  void askMoney().then((money) => wallet.setMoney(money));
  void relayAddresses().then((known) => known && relays.setKnown(known.relays));
  const installation = createInstallation();
  chat.view.subscribe(() => hasAnswer(chat.view.get().conversations) && installation.noteConversation());
  followLinks({chat, drafts});
  let opened: Promise<Pairing> | undefined;
  const pairing = () => (opened ??= import('./page/pairing.ts').then(({openPairing}) => openPairing({links, kept, keys: {node: node.id, device: device.id}, add: settings.addPaired})));
  const app = document.querySelector('app-shell');
  if (app) app.services = {installation, chat, drafts, presets, history, tasks, share, room, settings, shell, wallet, relays, network: createNetworkStatus(catalogue), own: here, models: createKeptModels(modelShelf), pairing, redaction: redaction.open, relayWords: async () => (await import('./page/relay-words.ts')).relayWords, operator: async () => (await import('./page/operator-desk.ts')).operator, attachments: async () => (await import('./page/text-file.ts')).attachments};
  // It has nothing to show at first.
  void import('./app/relay-notice.ts').catch(() => {});
}

/** What is empty yet follows the setting for new ones. */
function followDefault(settings: Settings, rooms: readonly [Chat, Tasks]): void {
  let had = settings.view.get().sensitive;
  settings.view.subscribe(() => {
    const {sensitive} = settings.view.get();
    if (sensitive === had) return;
    had = sensitive;
    const [chat, tasks] = rooms;
    if (chat.view.get().current.turns.length === 0) void chat.setSensitive(sensitive);
    if (tasks.view.get().running === undefined) tasks.setSensitive(sensitive);
  });
}

/** Resolves when who is there matters: not while a conversation stays on this device, for then not even a look is to tell of it. */
function asksAway(chat: Chat): Promise<void> {
  const isAway = () => chat.view.get().level !== 'device' || route.get().page !== 'chat';
  return new Promise((resolve) => {
    const look = () => {
      if (!isAway()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [chat.view.subscribe(look), route.subscribe(look)];
    look();
  });
}

/** Links to relays of other operators are shown beside the relays; all else is the share page's. */
function hear(relays: RelaysControl, {event, onEvent}: {event: Exclude<ProcessEvent, {type: 'device'}>; onEvent(event: ShareEvent): void}): void {
  if (event.type === 'elsewhere') return relays.setSharing(event.relay, event.state);
  if (event.type === 'stopped' || event.type === 'recovering') relays.endSharing();
  onEvent(event);
}

const hasAnswer = (conversations: readonly Conversation[]): boolean => conversations.some(({turns}) => turns.some(({role, status}) => role === 'assistant' && status === 'done'));

const loadCatalogue = async () => parseCatalogue(await (await fetch('/models.json')).json());

try {
  await start();
} catch (error) {
  await speaking;
  const app = document.querySelector('app-shell');
  if (app) app.failure = error instanceof NotStarted ? error.message : sentenceOf(error);
  console.error(error);
}
