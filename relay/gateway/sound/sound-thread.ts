/** A thread that decodes one file and ends: decoders read what anyone wrote, and one that hangs can be stopped from outside. */
import {parentPort, workerData} from 'node:worker_threads';
import * as v from 'valibot';
import {readSound} from './read-sound.ts';

const read = await readSound(v.parse(v.instance(Uint8Array), workerData));
parentPort?.postMessage(read, read.is === 'sound' ? [read.samples.buffer] : []);
