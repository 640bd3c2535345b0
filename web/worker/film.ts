/** Films for engines that write about images: a caption of each frame, or one summary of all. */
import type {Bytes} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';

type Film = EngineJobOf<'video'>;
type Looking = EngineJobOf<'image-text'>;

/** What is asked of an image that comes without a question. */
export const captionRequest = 'Describe this picture in one short sentence.';
const summaryRequest = 'These are frames of one film, in their order. Say in a few short sentences what happens in it.';
/** Longest caption of one frame, tokens. */
const captionTokens = 64;

interface Scene {
  readonly startMs: number;
  readonly endMs: number;
  readonly images: readonly Bytes[];
  readonly request: string;
  readonly mostTokens: number;
}

/** @param look answers a question about images. @throws NetworkError `wrong-task` where the film is to be searched */
export async function* watchFilm(job: Film, look: (asked: Looking) => AsyncIterable<EngineEvent>): AsyncGenerator<EngineEvent, void> {
  if (job.ask === 'search') throw new NetworkError('wrong-task', 'this model does not search');
  let room = job.maxTokens;
  for (const {startMs, endMs, images, request, mostTokens} of scenesOf(job)) {
    if (room === 0) break;
    const content = job.query === '' ? request : `${request} ${job.query}`;
    const asked: Looking = {
      task: 'image-text', handle: job.handle, messages: [{role: 'user', content, images}], maxTokens: Math.min(mostTokens, room),
      temperature: 0, topP: 1, seed: undefined, stop: [], format: undefined,
    };
    let text = '';
    let tokens = 0;
    for await (const event of look(asked)) {
      if (event.type === 'prompt') yield event;
      if (event.type !== 'text') continue;
      text += event.text;
      tokens += event.tokens;
    }
    room -= tokens;
    yield {type: 'item', item: {startMs, endMs, text: text.trim(), score: 0}, tokens};
  }
  yield {type: 'end', reason: room > 0 ? 'stop' : 'length'};
}

function scenesOf({ask, frames, maxTokens}: Film): readonly Scene[] {
  const images = frames.map(({image}) => image);
  if (ask === 'summary') return [{startMs: frames[0]?.atMs ?? 0, endMs: frames.at(-1)?.atMs ?? 0, images, request: summaryRequest, mostTokens: maxTokens}];
  return frames.map(({atMs, image}, index) => ({startMs: atMs, endMs: frames[index + 1]?.atMs ?? atMs, images: [image], request: captionRequest, mostTokens: captionTokens}));
}
