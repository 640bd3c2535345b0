/** The models that this browser keeps: what the settings show and delete. */
import type {ModelHash} from '#protocol/ids.ts';
import {store} from './store.ts';
import type {KeptModels, KeptModelsView} from './views.ts';

/** Where they are. */
export interface Shelf {
  list(): Promise<KeptModelsView['kept']>;
  remove(model: ModelHash): Promise<void>;
}

export function createKeptModels(shelf: Shelf): KeptModels {
  const view = store<KeptModelsView>({kept: []});
  const look = async () => view.patch({kept: await shelf.list()});
  return {
    view,
    look,
    remove: async (model) => {
      await shelf.remove(model);
      await look();
    },
  };
}
