/** What is said in a sound, as OpenAI's own client gets it, over a real relay and a real node. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {BadRequestError, type OpenAI, toFile} from 'openai';
import {decodeAudio} from '#protocol/audio.ts';
import {hashOfModel} from '#protocol/models.ts';
import type {EngineJob} from '#protocol/roles/engine.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {lyrebird} from '#sdk/testing/catalogue.ts';
import {systemClock} from '../clock.ts';
import {gatewayStage} from '../testing/gateway-stage.ts';
import {giving, liveNode} from '../testing/live-network.ts';
import {tone, wavFile} from '../testing/wav-file.ts';

const model = hashOfModel(lyrebird);
/** Says how long it heard something. */
const lines = (job: EngineJob) => {
  if (job.task !== 'transcription') return [];
  const seconds = Math.round(decodeAudio(job.audio).length / 16_000);
  return [{startMs: 0, endMs: 1000, text: ` ${seconds} seconds${job.language === undefined ? '' : ` of ${job.language}`}, `}, {startMs: 1000, endMs: seconds * 1000 + 500, text: 'heard.'}];
};
const wav = (seconds: number) => toFile(wavFile(tone(440, {rate: 8000, seconds}), {rate: 8000}), 'sound.wav');

test('a sound of a minute is three pieces; times are those of the whole', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: giving(lines), model});
  const {data, response} = await openai.audio.transcriptions.create({model: 'lyrebird', file: await wav(65), language: 'en', response_format: 'verbose_json'}).withResponse();
  assert.equal(data.duration, 65);
  assert.equal(data.segments?.length, 6);
  assert.match(data.text, /^\d+ seconds of en, heard\. \d+ seconds of en, heard\. \d+ seconds of en, heard\.$/);
  const times = data.segments?.map(({start, end}) => [start, end]) ?? [];
  assert.deepEqual(times[0], [0, 1]);
  assert.ok(times.every(([start = 0, end = 0], index) => start <= end && end <= 65 && start >= (times[index - 1]?.[0] ?? 0)));
  assert.equal(times.at(-1)?.[1], 65);
  assert.equal(response.headers.get('x-bombyx-node'), node.id);
  assert.equal((data.usage as unknown as {bombyx: {answers: readonly object[]}}).bombyx.answers.length, 3);
});

test('text, json, subtitles', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(lines), model});
  const file = await wav(2);
  assert.equal((await openai.audio.transcriptions.create({model: 'lyrebird', file})).text, '2 seconds, heard.');
  assert.equal(await openai.audio.transcriptions.create({model: 'lyrebird', file, response_format: 'text'}), '2 seconds, heard.\n');
  assert.equal(await openai.audio.transcriptions.create({model: 'lyrebird', file, response_format: 'srt'}), '1\n00:00:00,000 --> 00:00:01,000\n2 seconds,\n\n2\n00:00:01,000 --> 00:00:02,000\nheard.\n');
  assert.match(await openai.audio.transcriptions.create({model: 'lyrebird', file, response_format: 'vtt'}), /^WEBVTT\n\n00:00:00\.000 --> /);
});

test('as it is heard, piece by piece', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(lines), model});
  const deltas: string[] = [];
  let done: OpenAI.Audio.Transcriptions.TranscriptionTextDoneEvent | undefined;
  for await (const event of await openai.audio.transcriptions.create({model: 'lyrebird', file: await wav(40), stream: true})) {
    if (event.type === 'transcript.text.delta') deltas.push(event.delta);
    if (event.type === 'transcript.text.done') done = event;
  }
  assert.equal(deltas.length, 2);
  assert.equal(done?.text, deltas.join(''));
  assert.ok((done?.usage?.total_tokens ?? 0) > 0);
});

test('MP3 and Ogg Opus are read too', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(lines), model});
  for (const name of ['tone.mp3', 'tone.opus']) {
    const file = await toFile(readFileSync(new URL(`../testing/sounds/${name}`, import.meta.url)), name);
    assert.equal((await openai.audio.transcriptions.create({model: 'lyrebird', file})).text, '1 seconds, heard.', name);
  }
});

test('a sound in a chat is heard by one computer and answered by another', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(lines), model});
  await liveNode(relay.port, {engine: fakeEngine({clock: systemClock, msPerToken: 1, answer: ({messages}) => `you said: ${messages[0]?.content}`})});
  const data = Buffer.from(wavFile(tone(440, {rate: 8000, seconds: 1}), {rate: 8000})).toString('base64');
  const {choices} = await openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: [{type: 'input_audio', input_audio: {data, format: 'wav'}}]}]});
  assert.equal(choices[0]?.message.content, 'you said: 1 seconds, heard.');
  await assert.rejects(openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: [{type: 'input_audio', input_audio: {data: 'fLaC', format: 'wav'}}]}]}), (error: unknown) => error instanceof BadRequestError && error.param === 'messages.0.content.0.input_audio.data');
});

test('what can not be done is named, and nobody is asked', async (t) => {
  const {openai, gateway} = await gatewayStage(t);
  const file = await wav(0.5);
  const wrong = (fields: Partial<OpenAI.Audio.TranscriptionCreateParamsNonStreaming>, {param, code}: {param: string; code?: string}) =>
    assert.rejects(openai.audio.transcriptions.create({model: 'lyrebird', file, ...fields}), (error: unknown) => error instanceof BadRequestError && error.param === param && (code === undefined || error.code === code), param);
  await wrong({timestamp_granularities: ['word'], response_format: 'verbose_json'}, {param: 'timestamp_granularities'});
  await wrong({language: 'English'}, {param: 'language'});
  await wrong({response_format: 'diarized_json'}, {param: 'response_format'});
  await wrong({include: ['logprobs']}, {param: 'include'});
  await wrong({model: 'parrot'}, {param: 'model'});
  await wrong({file: await toFile(Buffer.from('fLaC'), 'sound.flac')}, {param: 'file', code: 'unsupported_format'});
  await wrong({file: await toFile(Buffer.from('RIFF....WAVE'), 'sound.wav')}, {param: 'file', code: 'invalid_media'});
  const plain = await fetch(`${gateway.url}/audio/transcriptions`, {method: 'POST', headers: {'authorization': `Bearer ${gateway.key}`, 'content-type': 'application/json'}, body: '{}'});
  assert.equal(plain.status, 400);
  const empty = await fetch(`${gateway.url}/audio/transcriptions`, {method: 'POST', headers: {authorization: `Bearer ${gateway.key}`}, body: new FormData()});
  assert.equal(((await empty.json()) as {error: {param: string}}).error.param, 'file');
});
