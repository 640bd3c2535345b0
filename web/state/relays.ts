/** The relays that a person uses: our own, and those of other operators that were chosen, each under the key that it showed at first. */
import {NetworkError} from '#protocol/errors.ts';
import type {RelayId} from '#protocol/ids.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import type {RelayNews} from '#protocol/roles/client-relays.ts';
import type {OtherRelay} from '#protocol/roles/node-elsewhere.ts';
import type {Relays, RelaysView, RelayView, SharingState} from './relay-views.ts';
import {store} from './store.ts';

export interface RelaysOptions {
  readonly kept: {setting(key: string): Promise<unknown>; putSetting(key: string, value: unknown): Promise<void>};
  /** Links to a relay now. */
  connect(address: string): void;
  /** Lets go of its link. */
  leave(address: string): void;
  /** The node may share through these, and through no others. */
  onUsed(relays: readonly OtherRelay[]): void;
}

export interface RelaysControl extends Relays {
  /** Our relay names these; the policy of the page allows no others. */
  setKnown(addresses: readonly string[]): void;
  /** Chosen, and not under another key than before. */
  used(): readonly string[];
  /** A relay says who it is. @throws NetworkError `relay-changed` */
  meet(address: string, record: RelayRecord): void;
  setNews(address: string, news: RelayNews): void;
  setSharing(address: string, sharing: SharingState): void;
  /** The node has stopped. */
  endSharing(): void;
}

/** What is kept of a relay. */
interface Kept {
  readonly address: string;
  readonly chosen: boolean;
  readonly key: RelayId | undefined;
}

const ownAddress = '';
const fresh = ({address, chosen, key}: Kept): RelayView => ({address, chosen, key, link: {is: chosen ? 'connecting' : 'unused'}, record: undefined, changedTo: undefined, sharing: undefined});

export async function createRelays({kept, connect, leave, onUsed}: RelaysOptions): Promise<RelaysControl> {
  let saved: readonly Kept[] = readKept(await kept.setting('relays'));
  const view = store<RelaysView>({own: fresh({address: ownAddress, chosen: true, key: undefined}), others: saved.filter(({chosen}) => chosen).map(fresh)});
  const find = (address: string): RelayView | undefined => (address === ownAddress ? view.get().own : view.get().others.find((relay) => relay.address === address));
  const patch = (address: string, fields: Partial<RelayView>) => {
    const {own, others} = view.get();
    if (address === ownAddress) view.patch({own: {...own, ...fields}});
    else view.patch({others: others.map((relay) => (relay.address === address ? {...relay, ...fields} : relay))});
  };
  const keep = async () => {
    const shown = view.get().others.map(({address, chosen, key}) => ({address, chosen, key}));
    // What our relay does not name today keeps its key: it may be named again.
    saved = [...shown, ...saved.filter(({address}) => !shown.some((relay) => relay.address === address))];
    await kept.putSetting('relays', saved);
  };
  // Our own relay under another name is used already: a node that came twice would be sent away.
  const isUsed = ({chosen, changedTo, key}: RelayView): boolean => chosen && changedTo === undefined && (key === undefined || key !== view.get().own.key);
  const tell = () => onUsed(view.get().others.flatMap((relay) => (isUsed(relay) && relay.key !== undefined ? [{address: relay.address, key: relay.key}] : [])));
  tell();
  return {
    view,
    used: () => view.get().others.filter(isUsed).map(({address}) => address),
    setKnown: (addresses) => {
      const before = view.get().others;
      view.patch({others: addresses.map((address) => find(address) ?? fresh(saved.find((each) => each.address === address) ?? {address, chosen: false, key: undefined}))});
      for (const {address} of before) if (!find(address)) leave(address);
      tell();
    },
    choose: async (address, chosen) => {
      patch(address, {chosen, link: {is: chosen ? 'connecting' : 'unused'}, changedTo: undefined, ...(chosen ? {} : {sharing: undefined})});
      tell();
      if (chosen) connect(address);
      else leave(address);
      await keep();
    },
    trust: async (address) => {
      const {changedTo} = find(address) ?? {};
      if (changedTo === undefined) return;
      patch(address, {key: changedTo, changedTo: undefined, link: {is: 'connecting'}});
      tell();
      leave(address);
      connect(address);
      await keep();
    },
    meet: (address, record) => {
      const relay = find(address);
      if (!relay?.chosen) return;
      if (address !== ownAddress && relay.key !== undefined && relay.key !== record.relay) {
        patch(address, {record, changedTo: record.relay});
        tell();
        throw new NetworkError('relay-changed', 'another key than before');
      }
      patch(address, {record, key: record.relay});
      if (relay.key === record.relay) return;
      tell();
      if (address !== ownAddress) void keep().catch(() => {});
    },
    setNews: (address, news) => {
      if (find(address)?.chosen) patch(address, {link: news});
    },
    setSharing: (address, sharing) => {
      if (find(address)?.chosen) patch(address, {sharing});
    },
    endSharing: () => view.patch({others: view.get().others.map((relay) => ({...relay, sharing: undefined}))}),
  };
}

/** What was kept, as far as it makes sense. */
function readKept(saved: unknown): readonly Kept[] {
  if (!Array.isArray(saved)) return [];
  return saved.flatMap((each: unknown): Kept[] => {
    if (typeof each !== 'object' || each === null) return [];
    const {address, chosen, key} = each as Record<string, unknown>;
    const isKey = typeof key === 'string' && /^[\da-f]{64}$/.test(key);
    return typeof address === 'string' && address !== ownAddress && typeof chosen === 'boolean' ? [{address, chosen, key: isKey ? (key as RelayId) : undefined}] : [];
  });
}
