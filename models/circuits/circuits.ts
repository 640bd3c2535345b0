/** Small models for tests whose weights are built, not trained: what they compute can be checked. */
import {join} from 'node:path';
import {writeColours} from './colours.ts';
import {writeMood} from './mood.ts';
import {writePictures} from './pictures.ts';
import {writeSpeech} from './speech.ts';
import {writeTones} from './tones.ts';
import {writeHalf, writeTopics} from './topics.ts';

const circuits = {topics: writeTopics, mood: writeMood, colours: writeColours, tones: writeTones, pictures: writePictures, half: writeHalf, speech: writeSpeech} as const;

/** Each into a folder of its name. */
export function writeCircuits(folder: string): void {
  for (const [name, write] of Object.entries(circuits)) write(join(folder, name));
}
