/** OpenAI's client asks the network: sealed in this process with the library, or by a gateway. `BOMBYX_RELAY=https://relay.example.org node node.mjs`, or OPENAI_BASE_URL and OPENAI_API_KEY of a gateway. */
import OpenAI from 'openai';
import {openBombyx} from 'bombyx/sdk';

const {BOMBYX_RELAY: relay, MODEL: model} = process.env;
const bombyx = relay && openBombyx({relay});
// Without the library the client reads where the gateway is, and its key, from the environment.
const openai = new OpenAI(bombyx ? {baseURL: bombyx.baseURL, fetch: bombyx.fetch, apiKey: 'none'} : {});

const models = await openai.models.list();
const chosen = model ?? models.data[0].id;
const {data, response} = await openai.chat.completions.create({model: chosen, messages: [{role: 'user', content: 'Say hello.'}]}).withResponse();
console.log(`whole: ${data.choices[0].message.content}`);
console.log(`node: ${response.headers.get('x-bombyx-node')}`);

process.stdout.write('stream: ');
const stream = await openai.chat.completions.create({model: chosen, messages: [{role: 'user', content: 'And again.'}], stream: true});
for await (const {choices} of stream) process.stdout.write(choices[0]?.delta.content ?? '');
process.stdout.write('\n');
bombyx?.close();
