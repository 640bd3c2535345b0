/** Files that wait in the message box: read one after the other, bounded in number and size. */
import type {AttachmentItem, Attachments, AttachmentsView, Readout} from './attachment-views.ts';
import {store} from './store.ts';

/** With these, a question of 20 kB and its files fit into one message of a job. */
const mostFiles = 4;

/** Never rejects. */
export type ReadFile = (file: File, signal: AbortSignal) => Promise<Readout>;

export function createAttachments(read: ReadFile): Attachments {
  const view = store<AttachmentsView>({items: []});
  const reading = new Map<number, AbortController>();
  let count = 0;

  const settle = (id: number, state: AttachmentItem['state']) => view.set({items: view.get().items.map((item) => (item.id === id ? {...item, state} : item))});
  const remove = (id: number) => {
    reading.get(id)?.abort();
    reading.delete(id);
    view.set({items: view.get().items.filter((item) => item.id !== id)});
  };
  const take = async (file: File) => {
    const id = (count += 1);
    const full = view.get().items.filter(({state}) => state.is !== 'problem').length >= mostFiles;
    view.set({items: [...view.get().items, {id, name: file.name, state: full ? {is: 'problem', why: 'too-many'} : {is: 'reading'}}]});
    if (full) return;
    const stop = new AbortController();
    reading.set(id, stop);
    const found = await read(file, stop.signal);
    if (!reading.delete(id)) return;
    settle(id, found.is === 'text' ? {...found, bytes: new TextEncoder().encode(found.text).length} : found);
  };
  return {
    view,
    take: async (files) => {
      await Promise.all([...files].map(take));
    },
    bring: (pictures) => {
      const items = pictures.map((picture): AttachmentItem => ({id: (count += 1), name: '', state: {is: 'picture', picture}}));
      view.set({items: [...view.get().items, ...items]});
    },
    remove,
    clear: () => {
      for (const {id} of view.get().items) remove(id);
    },
  };
}
