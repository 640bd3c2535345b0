/** The files that a person gives to tasks, made ready for a job. */
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {Store} from './store.ts';
import type {Film, MediaKind, MediaOf, Picture, Prepared, Sound, TasksView} from './task-views.ts';

export interface Preparing {
  readonly signal: AbortSignal;
  /** 0..1 */
  onPart(part: number): void;
}

/** What makes files into what jobs can carry. All throw NetworkError `bad-media`. */
export interface MediaDesk {
  picture(file: File): Promise<Picture>;
  sound(file: File, how: Preparing): Promise<Sound>;
  film(file: File, how: Preparing & {readonly count: number}): Promise<Film>;
}

const none = {is: 'none'} as const;
export const noFiles: TasksView['media'] = {'image-text': none, transcription: none, video: none, classify: none};

/** The files that a person gave, on their way into the view; a newer one stops the work on the older. */
export function filesOf(view: Store<TasksView>, desk: MediaDesk) {
  const given = new Map<MediaKind, {readonly file: File; readonly gone: AbortController}>();
  const set = <K extends MediaKind>(kind: K, prepared: Prepared<MediaOf[K]>) => view.patch({media: {...view.get().media, [kind]: prepared}});

  const prepare = (kind: MediaKind, {file, how}: {file: File; how: Preparing}): Promise<Picture | Sound | Film> =>
    kind === 'transcription' ? desk.sound(file, how)
    : kind === 'video' ? desk.film(file, {...how, count: view.get().inputs.video.count})
    : desk.picture(file);

  const leave = (kind: MediaKind) => {
    given.get(kind)?.gone.abort(new NetworkError('cancelled'));
    given.delete(kind);
  };

  const take = async (kind: MediaKind, file: File) => {
    leave(kind);
    const gone = new AbortController();
    given.set(kind, {file, gone});
    const {name} = file;
    set(kind, {is: 'preparing', name, part: 0});
    const onPart = (part: number) => gone.signal.aborted || set(kind, {is: 'preparing', name, part});
    try {
      const value = await prepare(kind, {file, how: {signal: gone.signal, onPart}});
      if (!gone.signal.aborted) set(kind, {is: 'ready', name, value: value as MediaOf[typeof kind]});
    } catch (error) {
      if (!gone.signal.aborted) set(kind, {is: 'failed', name, code: codeOf(error)});
    }
  };

  return {
    take,
    drop: (kind: MediaKind) => {
      leave(kind);
      set(kind, none);
    },
    again: async (kind: MediaKind) => {
      const file = given.get(kind)?.file;
      if (file) await take(kind, file);
    },
  };
}
