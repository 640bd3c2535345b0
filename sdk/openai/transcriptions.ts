/** `POST /v1/audio/transcriptions`: https://platform.openai.com/docs/api-reference/audio/createTranscription */
import * as v from 'valibot';
import {srtOf, vttOf} from '#protocol/subtitles.ts';
import {usageOf} from './chat-shapes.ts';
import {type Exchange, json, levelHeader} from './exchange.ts';
import {fieldsOf, modelField} from './fields.ts';
import {headersOf} from './items.ts';
import {chooseModel} from './model-choice.ts';
import type {Provenance} from './provenance.ts';
import {badField, Refusal, unsupported} from './refusal.ts';
import {type Sound, soundOf} from './sound.ts';
import {hear, type Heard, joined, type Line, textOf} from './speech.ts';
import {errorEvent, type SseEvent, sseResponse} from './sse.ts';

const formats = ['json', 'text', 'srt', 'verbose_json', 'vtt'] as const;
/** `prompt` and `temperature` are left out: no engine of the network takes them, and what is said stays the same. */
const schema = v.object({
  file: v.instance(Blob, 'must be a file'),
  model: modelField,
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'must be a code of ISO 639-1, such as en'))),
  response_format: v.optional(v.picklist(formats, `must be one of ${formats.join(', ')}`), 'json'),
  stream: v.optional(v.pipe(v.picklist(['true', 'false'], 'must be true or false'), v.transform((text) => text === 'true')), 'false'),
});
type TranscriptionRequest = v.InferOutput<typeof schema>;

/** @throws Refusal, NetworkError */
export async function transcriptions(exchange: Exchange): Promise<Response> {
  const asked = await requestOf(exchange.request);
  const model = await chooseModel(exchange.options, {name: asked.model, header: levelHeader(exchange), task: 'transcription'});
  const sound = await soundOf(exchange, {file: new Uint8Array(await asked.file.arrayBuffer()), param: 'file'});
  const provenances: Provenance[] = [];
  const heard = hear(exchange, {model, sound, language: asked.language, provenances});
  if (asked.stream) return streamed(exchange, {heard, provenances});
  const lines: Line[] = [];
  for await (const told of heard) if (told.is === 'lines') lines.push(...told.lines);
  return answerOf(asked, {lines, sound, provenances});
}

async function requestOf(request: Request): Promise<TranscriptionRequest> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch (cause) {
    throw new Refusal({status: 400, message: 'The body must be a form (multipart/form-data) with a file and a model.', code: 'invalid_form'}, {cause});
  }
  for (const name of ['timestamp_granularities', 'timestamp_granularities[]']) if (form.getAll(name).includes('word')) throw unsupported('timestamp_granularities', 'Times of single words are not told here; those of segments are.');
  if (form.has('include') || form.has('include[]')) throw unsupported('include', 'include is not supported here: no engine of the network says how sure it was. Leave it out.');
  const asked = fieldsOf(schema, Object.fromEntries(form));
  if (asked.stream && !['json', 'text'].includes(asked.response_format)) throw badField('response_format', 'A stream is told in events of its own: response_format must be json or text, or be left out.');
  return asked;
}

interface Whole {
  readonly lines: readonly Line[];
  readonly sound: Sound;
  readonly provenances: readonly Provenance[];
}

function answerOf({response_format: format, language}: TranscriptionRequest, {lines, sound, provenances}: Whole): Response {
  const headers = headersOf(provenances);
  const written = (text: string, type: string) => new Response(text, {headers: {'content-type': `${type}; charset=utf-8`, ...headers}});
  const duration = sound.milliseconds / 1000;
  const about = {text: textOf(lines), usage: {type: 'duration', seconds: duration, bombyx: usageOf(provenances).bombyx}};
  switch (format) {
    case 'text':
      return written(`${about.text}\n`, 'text/plain');
    case 'srt':
      return written(srtOf(lines), 'text/plain');
    case 'vtt':
      return written(vttOf(lines), 'text/vtt');
    case 'verbose_json':
      // What no engine tells, such as how sure it was, is left out instead of made up.
      return json({task: 'transcribe', language: language ?? 'unknown', duration, segments: lines.map(({startMs, endMs, text}, id) => ({id, start: startMs / 1000, end: endMs / 1000, text})), ...about}, headers);
    default:
      return json(about, headers);
  }
}

function streamed({options, asking}: Exchange, {heard, provenances}: {heard: AsyncIterable<Heard>; provenances: readonly Provenance[]}): Promise<Response> {
  const events = async function* (): AsyncGenerator<SseEvent, void> {
    let text = '';
    for await (const told of heard) {
      if (told.is === 'waiting') yield {comment: told.comment};
      else {
        const longer = joined(text, textOf(told.lines));
        if (longer !== text) yield eventOf('transcript.text.delta', {delta: longer.slice(text.length)});
        text = longer;
      }
    }
    const {prompt_tokens, completion_tokens, total_tokens, bombyx} = usageOf(provenances);
    yield eventOf('transcript.text.done', {text, usage: {type: 'tokens', input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens, bombyx}});
  };
  return sseResponse(events(), {clock: options.clock, asking, headers: () => headersOf(provenances), failed: errorEvent, last: undefined});
}

const eventOf = (type: string, more: object): SseEvent => ({event: type, data: {type, ...more}});
