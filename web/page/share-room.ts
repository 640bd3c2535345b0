/** Puts together what belongs to sharing and is not on the first route. */
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import {openBook} from '../platform/book-idb.ts';
import {createHabits, readHabits} from '../state/habits.ts';
import {createOwnQuestion} from '../state/own-question.ts';
import {createShareBook, keepBook} from '../state/share-book.ts';
import type {ShareRoom} from '../state/share-room.ts';
import {dayId, mostDays, mostJobs, sumsOfDay} from '../state/share-sums.ts';
import {startWithApp} from '../state/share-start.ts';
import type {ShareControl} from '../state/share.ts';
import {createStorageRoom} from '../state/storage-room.ts';
import type {Share, Shell} from '../state/views.ts';
import type {PageNetwork} from './client.ts';
import {habitPorts, type NoticeWords} from './habit-ports.ts';
import {createMarket} from './market.ts';

export interface ShareRoomOptions {
  readonly kept: {setting(key: string): Promise<unknown>; putSetting(key: string, value: unknown): Promise<void>};
  /** For all tabs, and of this one. */
  readonly share: Share;
  readonly own: ShareControl;
  readonly shell: Shell;
  readonly network: PageNetwork;
  readonly catalogue: readonly CatalogueEntry[];
  familyOf(entry: CatalogueEntry): string;
  readonly node: NodeId;
  readonly words: NoticeWords;
}

/** Time goes by also where nothing happens. */
const noteMs = 60_000;
const now = () => Date.now();

export async function openShareRoom({kept, share, own, shell, network, catalogue, familyOf, node, words}: ShareRoomOptions): Promise<ShareRoom> {
  const book = createShareBook({shelf: openBook({mostDays, mostJobs}), now, onWritten: () => own.noteBooked()});
  keepBook(book, own.view);
  setInterval(() => book.note(own.view.get()), noteMs);
  await book.look().catch(() => {});
  const load = () => kept.setting('habits');
  const today = () => sumsOfDay(book.view.get().days.find(({id}) => id === dayId(new Date()))).jobs;
  const habits = await createHabits({
    ports: habitPorts(words), load, keep: (chosen) => kept.putSetting('habits', chosen), share: own.view, shell: shell.view, today: book.view, jobsToday: today,
  });
  void startWithApp(share, {wanted: readHabits(await load()).autostart, last: () => kept.setting('started'), keep: (started) => kept.putSetting('started', started)});
  return {
    book,
    habits,
    market: createMarket(network, {families: new Map(catalogue.map((entry) => [hashOfModel(entry), familyOf(entry)])), own: node}),
    storage: createStorageRoom(navigator.storage),
    question: createOwnQuestion({ask: (request) => network.ask(request), directory: () => network.directory(), node, catalogue, now}),
  };
}
