/** Whether what stands in the message box can be asked where it is about pictures, and which pictures have no room. Pure. */
import type {Bytes} from '#protocol/bytes.ts';
import {shownTurns} from './branches.ts';
import {imagesOf} from './chat-job.ts';
import type {OwnDeviceView} from './own-device-views.ts';
import type {ChatView, ModelChoice} from './views.ts';

/** What is about to be asked. */
export interface Waiting {
  readonly text: string;
  readonly images: readonly Bytes[];
}

const talkOf = ({current}: Pick<ChatView, 'current'>, {text, images}: Waiting) => [...shownTurns(current), {role: 'user', text, images} as const];

/** How many pictures, the oldest ones, would not be sent. */
export function leftOut(view: Pick<ChatView, 'current'>, waiting: Waiting): number {
  const turns = talkOf(view, waiting);
  const kept = imagesOf(turns);
  return turns.reduce((sum, {images = []}, index) => sum + images.length - (kept[index]?.length ?? 0), 0);
}

/** The model can't: `what` it can't do, and the name of one that can now, where there is one. */
export interface Lack {
  readonly what: 'pictures' | 'words';
  readonly other: string | undefined;
}

type Model = Pick<ModelChoice, 'hash' | 'label' | 'tasks'>;

/** Why the chosen model can't answer this; undefined where it can, or is not known. */
export function lackOf(view: Pick<ChatView, 'current' | 'models' | 'model' | 'level'>, {own, ...waiting}: Waiting & {readonly own: Pick<OwnDeviceView, 'models' | 'chosen'> | undefined}): Lack | undefined {
  const {level} = view;
  const isHere = level === 'device';
  const models: readonly Model[] = isHere ? (own?.models ?? []) : view.models;
  const chosen = models.find(({hash}) => hash === (isHere ? own?.chosen : view.model));
  const pictures = talkOf(view, waiting).some(({images = []}) => images.length > 0);
  const task = pictures ? 'image-text' : 'chat';
  if (!chosen || chosen.tasks.includes(task)) return undefined;
  const there = isHere ? models.filter(({tasks}) => tasks.includes('chat')) : view.models.filter(({mine, nodes}) => (level === 'mine' ? mine : nodes) > 0);
  return {what: pictures ? 'pictures' : 'words', other: there.find(({tasks}) => tasks.includes(task))?.label};
}
