/** The clients that people have, unchanged, before a gateway, a real relay and real node tabs: OpenAI's, the AI SDK's and LangChain's. */
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import {ChatOpenAI, OpenAIEmbeddings} from '@langchain/openai';
import {type Browser, expect, test} from '@playwright/test';
import {embedMany, generateText, jsonSchema, Output, streamText, tool} from 'ai';
import OpenAI, {toFile} from 'openai';
import {sayDigits} from '../../models/circuits/speech.ts';
import {ggufOfFolder} from '../../models/make-gguf.ts';
import {demoModel} from '../../models/variants.ts';
import {readConfig} from '../../relay/gateway/config.ts';
import {startGateway} from '../../relay/gateway/start-gateway.ts';
import {silentLog} from '../../relay/log.ts';
import {circuitEntries} from './circuit-stage.ts';
import {wavOf} from './media-files.ts';
import {pngOf} from './png.ts';
import {type Person, setStage, share} from './stage.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-clients-'));
});
test.afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** A relay with a gateway before it, and the three clients. */
async function begin(browser: Browser, environment: Readonly<Record<string, string>> = {}) {
  const stage = await setStage(browser, environment);
  const gateway = await startGateway(readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: stage.relay.url, BOMBYX_GATEWAY_DATA: join(folder, 'gateway')}), {log: silentLog});
  const {url: baseURL, key: apiKey} = gateway;
  return {
    stage,
    openai: new OpenAI({baseURL, apiKey, maxRetries: 0}),
    vercel: createOpenAICompatible({name: 'bombyx', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true}),
    langchain: (model: string) => new ChatOpenAI({model, apiKey, temperature: 0, maxRetries: 0, maxTokens: 256, configuration: {baseURL}}),
    langchainVectors: (model: string) => new OpenAIEmbeddings({model, apiKey, maxRetries: 0, configuration: {baseURL}}),
    end: async () => {
      await gateway.close();
      await stage.end();
    },
  };
}

const countTo20 = 'Count from 1 to 20.';
const numbers = /^\D*1\D+2\D+3\D+.*19\D+20/s;

test('the node tab dies in mid-answer: OpenAI’s client sees one whole answer, and whoever aborts frees the computer for the next', async ({browser}) => {
  const {stage, openai, end} = await begin(browser);
  const sharers = [await stage.person('/share'), await stage.person('/share')];
  for (const sharer of sharers) await share(sharer);
  const working = async () => (await Promise.all(sharers.map(({page}) => (page.isClosed() ? false : page.getByText(/^Working on/).first().isVisible())))).indexOf(true);
  const asked: OpenAI.ChatCompletionCreateParamsStreaming = {model: 'bombyx-tiny', messages: [{role: 'user', content: countTo20}], temperature: 0, stream: true, stream_options: {include_usage: true}};
  let text = '';
  let nodes: readonly string[] = [];
  let isLost = false;
  for await (const chunk of await openai.chat.completions.create(asked)) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.usage) ({nodes} = (chunk.usage as unknown as {bombyx: {answers: [{nodes: readonly string[]}]}}).bombyx.answers[0]);
    if (isLost || !text.includes('3')) continue;
    isLost = true;
    await sharers[await working()]?.page.close();
  }
  expect(text).toMatch(numbers);
  expect(nodes).toHaveLength(2);
  const leaving = new AbortController();
  const read = async () => {
    for await (const chunk of await openai.chat.completions.create(asked, {signal: leaving.signal})) if (chunk.choices[0]?.delta.content?.includes('2')) leaving.abort();
  };
  await read().catch((error: unknown) => expect(String(error)).toMatch(/abort/i));
  expect(leaving.signal.aborted).toBe(true);
  await expect.poll(working, {message: 'the computer is free'}).toBe(-1);
  await end();
});

/** A relay that serves the demo model as GGUF, whose engine holds answers to grammars, and a tab that shares it. */
async function beginWithGrammars(browser: Browser) {
  const mirror = join(folder, 'mirror');
  mkdirSync(join(mirror, 'own'), {recursive: true});
  writeFileSync(join(mirror, 'own/tiny.gguf'), ggufOfFolder(demoModel));
  const script = join(import.meta.dirname, '../../models/model-manifest.ts');
  await promisify(execFile)(process.execPath, [script, join(mirror, 'own'), '--into', join(mirror, 'models.json'), '--label', 'My own model', '--licence', 'Apache-2.0', '--context', '2048']);
  const begun = await begin(browser, {MODEL_MIRROR: mirror});
  await choose(await begun.stage.person('/share'), /My own model/);
  const model = (await begun.openai.models.list()).data.find(({id}) => id !== 'bombyx-tiny' && id.includes('own'))?.id ?? 'none';
  return {...begun, model};
}

async function choose(sharer: Person, name: RegExp): Promise<void> {
  await sharer.page.getByRole('radio', {name}).click();
  await share(sharer, /^Use the processor/);
}

const place = {type: 'object', properties: {city: {type: 'string', maxLength: 8}, days: {type: 'integer', minimum: 1, maximum: 7}}, required: ['city', 'days'], additionalProperties: false} as const;
const isPlace = (value: unknown): void => {
  expect(value).toMatchObject({city: expect.any(String) as unknown, days: expect.any(Number) as unknown});
  expect(Object.keys(value as object)).toHaveLength(2);
};

test('text, tools and JSON from a model that knows neither: each client gets what it asked for', async ({browser}) => {
  const {openai, vercel, langchain, model, end} = await beginWithGrammars(browser);
  const messages = [{role: 'user' as const, content: countTo20}];
  const common = {model, temperature: 0, max_tokens: 256} as const;

  let streamed = '';
  for await (const chunk of await openai.chat.completions.create({...common, messages, stream: true})) streamed += chunk.choices[0]?.delta.content ?? '';
  expect(streamed).toMatch(numbers);
  const tools = [{type: 'function' as const, function: {name: 'weather', description: 'The weather.', parameters: place}}];
  const called = await openai.chat.completions.create({...common, messages, tools, tool_choice: {type: 'function', function: {name: 'weather'}}});
  expect(called.choices[0]?.finish_reason).toBe('tool_calls');
  const [call] = called.choices[0]?.message.tool_calls ?? [];
  isPlace(JSON.parse(call?.type === 'function' ? call.function.arguments : ''));
  const formed = await openai.chat.completions.create({...common, messages, response_format: {type: 'json_schema', json_schema: {name: 'place', strict: true, schema: place}}});
  isPlace(JSON.parse(formed.choices[0]?.message.content ?? ''));
  const responded = await openai.responses.create({model, input: countTo20, temperature: 0, max_output_tokens: 256});
  expect(responded.output_text).toMatch(numbers);

  const options = {model: vercel(model), temperature: 0, maxOutputTokens: 256, maxRetries: 0} as const;
  let words = '';
  for await (const piece of streamText({...options, messages}).textStream) words += piece;
  expect(words).toMatch(numbers);
  const {toolCalls} = await generateText({...options, messages, tools: {weather: tool({description: 'The weather.', inputSchema: jsonSchema(place)})}, toolChoice: {type: 'tool', toolName: 'weather'}});
  expect(toolCalls.map(({toolName}) => toolName)).toEqual(['weather']);
  isPlace(toolCalls[0]?.input);
  isPlace((await generateText({...options, messages, output: Output.object({schema: jsonSchema(place)})})).output);

  const chat = langchain(model);
  let pieces = '';
  for await (const {content} of await chat.stream(countTo20)) pieces += String(content);
  expect(pieces).toMatch(/1\D+2\D+3\D+4/);
  const {tool_calls: calls = []} = await chat.bindTools(tools, {tool_choice: 'weather'}).invoke(countTo20);
  expect(calls.map(({name}) => name)).toEqual(['weather']);
  isPlace(calls[0]?.args);
  isPlace(await chat.withStructuredOutput(place, {name: 'place', method: 'jsonSchema'}).invoke(countTo20));

  await expect(openai.chat.completions.create({...common, model: 'no-such-model', messages})).rejects.toMatchObject({status: 404, code: 'model_not_found'});
  await expect(generateText({...options, model: vercel('no-such-model'), messages})).rejects.toMatchObject({statusCode: 404});
  await expect(langchain('no-such-model').invoke('x')).rejects.toMatchObject({status: 404});
  await end();
});

test('vectors, speech and a picture, each by the model for it', async ({browser}) => {
  const mirror = join(folder, 'mirror');
  mkdirSync(mirror);
  writeFileSync(join(mirror, 'models.json'), JSON.stringify({models: Object.values(await circuitEntries({folder: mirror, source: 'mirror'}))}));
  const {stage, openai, vercel, langchainVectors, end} = await begin(browser, {MODEL_MIRROR: mirror});
  for (const name of ['topics', 'speech', 'pictures']) await choose(await stage.person('/share'), new RegExp(`^Test ${name}`));

  const texts = ['a cat and a dog', 'the stock market'];
  const {data} = await openai.embeddings.create({model: 'topics', input: texts});
  const vectors = data.map(({embedding}) => embedding);
  expect(vectors.map(({length}) => length > 0)).toEqual([true, true]);
  const near = (other: readonly (readonly number[])[]) => expect(other.every((vector, index) => vector.every((value, at) => Math.abs(value - (vectors[index]?.[at] ?? 9)) < 1e-5))).toBe(true);
  near((await embedMany({model: vercel.embeddingModel('topics'), values: texts, maxRetries: 0})).embeddings);
  near(await langchainVectors('topics').embedDocuments(texts));

  const {text} = await openai.audio.transcriptions.create({model: 'speech', file: await toFile(wavOf(sayDigits('12 9 '), 16_000), 'digits.wav')});
  expect(text).toContain('one two');

  const url = `data:image/png;base64,${Buffer.from(pngOf([20, 20, 230], [300, 200])).toString('base64')}`;
  const seen = await openai.chat.completions.create({model: 'pictures', messages: [{role: 'user', content: [{type: 'image_url', image_url: {url}}]}], temperature: 0});
  expect(seen.choices[0]?.message.content).toContain('a blue picture');
  await end();
});
