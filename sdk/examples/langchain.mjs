/** LangChain over the library: `BOMBYX_RELAY=https://relay.example.org node langchain.mjs` */
import {ChatOpenAI} from '@langchain/openai';
import {openBombyx} from 'bombyx/sdk';

const bombyx = openBombyx({relay: process.env.BOMBYX_RELAY ?? 'http://localhost:8787'});
const model = process.env.MODEL ?? (await bombyx.models())[0].id;
const chat = new ChatOpenAI({model, apiKey: 'none', configuration: {baseURL: bombyx.baseURL, fetch: bombyx.fetch}});

const {content, usage_metadata: usage} = await chat.invoke('Say hello.');
console.log(`whole: ${content}`);
console.log(`tokens: ${usage?.output_tokens}`);

process.stdout.write('stream: ');
for await (const part of await chat.stream('And again.')) process.stdout.write(String(part.content));
process.stdout.write('\n');
bombyx.close();
