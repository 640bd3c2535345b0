/** What belongs to sharing and loads with its page: the book, the market, the storage, habits, and a question to oneself. */
import type {Habits} from './habits.ts';
import type {Market} from './market.ts';
import type {OwnQuestion} from './own-question.ts';
import type {ShareBook} from './share-book.ts';
import type {StorageRoom} from './storage-room.ts';

export interface ShareRoom {
  readonly book: ShareBook;
  readonly market: Market;
  readonly storage: StorageRoom;
  readonly habits: Habits;
  readonly question: OwnQuestion;
}
