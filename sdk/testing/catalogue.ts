/** A catalogue of made-up models, one for each kind of answer: no engine loads them, scripted ones play them. */
import assert from 'node:assert/strict';
import {parseCatalogue} from '#protocol/models.ts';
import type {Task} from '#protocol/task.ts';

const entryOf = (id: string, about: {readonly label: string; readonly sha256: string; readonly tasks?: readonly Task[]}) => {
  const {sha256, ...more} = about;
  return {id, ...more, demo: true, licence: 'Apache-2.0', downloadBytes: 1, contextTokens: 512, manifest: {engine: 'wllama', source: `models/${id}`, files: [{path: `${id}.gguf`, bytes: 1, sha256: sha256.repeat(32)}]}};
};

/** As a catalogue's file names them. */
export const models = [
  entryOf('parrot', {label: 'Parrot', sha256: 'ab'}),
  entryOf('magpie', {label: 'Magpie', sha256: 'cd', tasks: ['embeddings']}),
  entryOf('lyrebird', {label: 'Lyrebird', sha256: 'ef', tasks: ['transcription']}),
];
export const catalogue = parseCatalogue({models});
const [talker, embedder, listener] = catalogue;
/** Talks. */
export const parrot = talker ?? assert.fail();
/** Gives vectors. */
export const magpie = embedder ?? assert.fail();
/** Writes down what it hears. */
export const lyrebird = listener ?? assert.fail();
