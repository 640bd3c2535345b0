/** What a person wrote, chose and gave, as jobs; or what is still lacking. Pure. */
import {batchesOf} from '#protocol/batches.ts';
import type {JobInput} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import type {InputOf, Lack, MediaOf, Prepared, TaskKind, TasksView} from './task-views.ts';

/** One of the jobs of a task. */
export interface PlannedJob {
  readonly job: JobInput;
  /** What fills the request, for its size. */
  readonly parts: readonly (string | Uint8Array)[];
  readonly maxTokens: number;
  /** Where its part of the sound begins. */
  readonly offsetMs: number;
}

type Wanted = Pick<TasksView, 'inputs' | 'media'>;

/** Tokens that a text about a picture, a piece of speech or a film may have; tasks that write nothing are matched by one. */
const mostTokens = {'image-text': 512, transcription: 448, video: 1024, embeddings: 1, classify: 1} as const;

/** Entries of a list that is written one a line. */
export const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

const labelsOf = ({labels}: InputOf['classify']): readonly string[] => [...new Set(linesOf(labels))];

/** What has to be given before this task can be asked; undefined when nothing is. */
export function lackOf(kind: TaskKind, {inputs, media}: Wanted): Lack | undefined {
  switch (kind) {
    case 'image-text':
      return media[kind].is === 'ready' ? undefined : 'picture';
    case 'transcription':
      return media[kind].is === 'ready' ? undefined : 'sound';
    case 'video':
      return media[kind].is !== 'ready' ? 'film' : inputs.video.ask === 'search' && inputs.video.query.trim() === '' ? 'query' : undefined;
    case 'embeddings':
      return linesOf(inputs.embeddings.texts).length === 0 ? 'texts' : undefined;
    default:
      return classifyLack({inputs, media});
  }
}

function classifyLack({inputs: {classify}, media}: Wanted): Lack | undefined {
  if (classify.subject === 'text' ? classify.text.trim() === '' : media.classify.is !== 'ready') return classify.subject === 'text' ? 'text' : 'picture';
  const {length} = labelsOf(classify);
  return length === 1 || length > limits.maxLabels ? 'labels' : undefined;
}

const ready = <T>(prepared: Prepared<T>): T | undefined => (prepared.is === 'ready' ? prepared.value : undefined);

/** The file of a task, where it reads one and it is ready. */
export function mediumOf(kind: TaskKind, {inputs, media}: Wanted): MediaOf[keyof MediaOf] | undefined {
  if (kind === 'embeddings' || (kind === 'classify' && inputs.classify.subject === 'text')) return undefined;
  return ready<MediaOf[keyof MediaOf]>(media[kind]);
}

/** The jobs of a task in their order; none while something is lacking. */
export function jobsOf(kind: TaskKind, wanted: Wanted): readonly PlannedJob[] {
  if (lackOf(kind, wanted) !== undefined) return [];
  const {inputs, media} = wanted;
  const picture = ready(media['image-text']);
  const sound = ready(media.transcription);
  const film = ready(media.video);
  switch (kind) {
    case 'image-text':
      return picture ? [aboutPicture(picture, inputs[kind])] : [];
    case 'transcription':
      return sound ? speech(sound, inputs[kind]) : [];
    case 'video':
      return film ? [aboutFilm(film, inputs[kind])] : [];
    case 'embeddings':
      return vectors(inputs[kind]);
    default:
      return sorting(wanted);
  }
}

const planned = (kind: TaskKind, {job, parts, offsetMs = 0}: Pick<PlannedJob, 'job' | 'parts'> & {readonly offsetMs?: number}): PlannedJob => {
  const maxTokens = mostTokens[kind];
  return {job: {...job, maxTokens}, parts, maxTokens, offsetMs};
};

function aboutPicture({bytes}: MediaOf['image-text'], {question}: InputOf['image-text']): PlannedJob {
  const content = question.trim();
  return planned('image-text', {job: {task: 'image-text', messages: [{role: 'user', content, images: [bytes]}]}, parts: [content, bytes]});
}

const speech = ({pieces}: MediaOf['transcription'], {language}: InputOf['transcription']): readonly PlannedJob[] =>
  pieces.map(({audio, startMs}) =>
    planned('transcription', {job: {task: 'transcription', audio, ...(language === '' ? {} : {language})}, parts: [audio], offsetMs: startMs}));

function aboutFilm({frames}: MediaOf['video'], {ask, query}: InputOf['video']): PlannedJob {
  const asked = ask === 'search' ? query.trim() : '';
  return planned('video', {job: {task: 'video', frames, ask, query: asked}, parts: [asked, ...frames.map(({image}) => image)]});
}

/** The question, where there is one, is the first text of the first job. */
function vectors({texts, question}: InputOf['embeddings']): readonly PlannedJob[] {
  const asked = question.trim();
  const batches = batchesOf([...(asked === '' ? [] : [asked]), ...linesOf(texts)]);
  return batches.map((inputs) => planned('embeddings', {job: {task: 'embeddings', inputs}, parts: inputs}));
}

function sorting(wanted: Wanted): readonly PlannedJob[] {
  const {classify} = wanted.inputs;
  const labels = labelsOf(classify);
  const text = classify.text.trim();
  const image = ready(wanted.media.classify)?.bytes;
  if (classify.subject === 'text') return [planned('classify', {job: {task: 'classify', subject: {is: 'text', text}, labels}, parts: [text, ...labels]})];
  return image ? [planned('classify', {job: {task: 'classify', subject: {is: 'image', image}, labels}, parts: [image, ...labels]})] : [];
}
