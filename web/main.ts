/** The page's composition root: opens the store, puts the services together, hands them to the app. */
import {sentenceOf} from '#protocol/errors.ts';
import {identityOf} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {parseCatalogue} from '#protocol/models.ts';
import './app/app-shell.ts';
import {texts} from './app/texts.ts';
import {createNetwork} from './page/network.ts';
import {createNodeProcess} from './page/node-worker.ts';
import {createShell} from './page/shell.ts';
import {followDirectory} from './page/directory.ts';
import {openStore} from './platform/store-idb.ts';
import {createChat} from './state/chat.ts';
import {createSettings} from './state/settings.ts';
import {createShare} from './state/share.ts';
import type {Conversation, Settings} from './state/views.ts';

const now = () => Date.now();
const linkUrl = new URL('/link', location.href.replace(/^http/, 'ws')).href;

/** What stopped the start, in words for the person. */
class NotStarted extends Error {}

const because = (sentence: string) => (cause: unknown): never => {
  throw new NotStarted(sentence, {cause});
};

async function start(): Promise<void> {
  if (!isSecureContext) throw new NotStarted(texts.shell.insecure);
  const shell = createShell();
  const [kept, catalogue] = await Promise.all([openStore().catch(because(texts.shell.noStore)), loadCatalogue().catch(because(texts.shell.noCatalogue))]);
  const [nodeSecret, deviceSecret] = [await kept.secret('node'), await kept.secret('device')];
  const [node, device] = await Promise.all([identityOf<NodeId>(nodeSecret), identityOf<DeviceId>(deviceSecret)]);
  const process = createNodeProcess({linkUrl});
  const settings: Settings = await createSettings({
    kept,
    node: node.id,
    device: device.id,
    version: import.meta.env['VITE_VERSION'] ?? 'development',
    keys: deviceSecret.kind === 'key-pair' ? 'non-extractable' : 'stored',
    now,
    storageUsed: async () => (await navigator.storage.estimate()).usage,
    onPaired: (paired) => void process.setPaired(paired.map((each) => each.device)),
    onErased: () => location.assign('/'),
  });
  const paired = () => settings.view.get().paired;
  const network = createNetwork({linkUrl, identity: device, delivery: () => settings.view.get().delivery, paired: () => paired().map((each) => each.node)});
  const chat = createChat({
    ask: (request) => network.ask(request),
    keep: (conversation) => kept.put('conversations', conversation),
    forget: (id) => kept.remove('conversations', id),
    conversations: (await kept.all('conversations')) as readonly Conversation[],
    newId: () => crypto.randomUUID(),
    now,
  });
  const share = createShare(
    {
      probe: () => process.probe(),
      start: async ({entry, device: kind}, onEvent) =>
        (await process.start({secret: nodeSecret, entry, device: kind, paired: paired().map((each) => each.device)}, onEvent)) as NodeId,
      finish: () => process.finish(),
      stopNow: () => process.stopNow(),
    },
    {catalogue, now},
  );
  void followDirectory(network, {chat, catalogue, mine: () => new Set(paired().map((each) => each.node))});
  const app = document.querySelector('app-shell');
  if (app) app.services = {chat, share, settings, shell};
}

const loadCatalogue = async () => parseCatalogue(await (await fetch('/models.json')).json());

try {
  await start();
} catch (error) {
  const app = document.querySelector('app-shell');
  if (app) app.failure = error instanceof NotStarted ? error.message : sentenceOf(error);
  console.error(error);
}
