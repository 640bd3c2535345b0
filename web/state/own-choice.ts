/** Models of this device as choices: which one a task goes to, and what is in its way. Pure. */
import type {ModelHash} from '#protocol/ids.ts';
import type {Task} from '#protocol/task.ts';
import type {OwnDeviceView, OwnModel} from './own-device-views.ts';

type Offer = Pick<OwnDeviceView, 'models' | 'shared'>;

export const ownModelsFor = ({models}: Pick<OwnDeviceView, 'models'>, task: Task): readonly OwnModel[] => models.filter(({tasks}) => tasks.includes(task));

/** The one that is shared, for no other has room beside it; else the wished one, else one that is here already. */
export function ownChoice(offer: Offer, {task, wish}: {task: Task; wish: ModelHash | undefined}): OwnModel | undefined {
  const can = ownModelsFor(offer, task);
  return can.find(({hash}) => hash === offer.shared) ?? can.find(({hash}) => hash === wish) ?? can.find(({isHere}) => isHere) ?? can[0];
}

/** Why a model can't answer here now: none fits, it has to be got first, or another one is shared. */
export function ownObstacle({shared, status}: Pick<OwnDeviceView, 'shared' | 'status'>, model: OwnModel | undefined): 'none' | 'absent' | 'busy' | undefined {
  if (!model) return 'none';
  if (shared !== undefined) return shared === model.hash ? undefined : 'busy';
  const isComing = (status.is === 'loading' || status.is === 'ready') && status.model === model.hash;
  return model.isHere || isComing ? undefined : 'absent';
}
