/** The AI SDK over the library: `BOMBYX_RELAY=https://relay.example.org node vercel-ai.mjs` */
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import {generateText, streamText} from 'ai';
import {openBombyx} from 'bombyx/sdk';

const bombyx = openBombyx({relay: process.env.BOMBYX_RELAY ?? 'http://localhost:8787'});
const network = createOpenAICompatible({name: 'bombyx', baseURL: bombyx.baseURL, fetch: bombyx.fetch, includeUsage: true});
const model = network(process.env.MODEL ?? (await bombyx.models())[0].id);

const {text, usage} = await generateText({model, prompt: 'Say hello.'});
console.log(`whole: ${text}`);
console.log(`tokens: ${usage.outputTokens}`);

process.stdout.write('stream: ');
for await (const part of streamText({model, prompt: 'And again.'}).textStream) process.stdout.write(part);
process.stdout.write('\n');
bombyx.close();
