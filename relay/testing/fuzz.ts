/** `node relay/testing/fuzz.ts --minutes N --seed S`: a long run of the fuzzer; its line goes to bench/results/fuzz.jsonl. Exits 1 where something was found. */
import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {fuzz} from './fuzz-run.ts';

const {values} = parseArgs({options: {minutes: {type: 'string', default: '10'}, seed: {type: 'string', default: '1'}}});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
const end = performance.now() + minutes * 60_000;
const result = await fuzz({seed, goOn: () => performance.now() < end});
const line = JSON.stringify({bench: 'fuzz', figure: 'wrong inputs to a relay, none of which did harm', value: result.inputs, unit: 'inputs', minutes, ...result, ok: result.faults.length === 0});
process.stdout.write(`${line}\n`);
if (result.faults.length === 0) appendFileSync(join(import.meta.dirname, '../../bench/results/fuzz.jsonl'), `${line}\n`);
process.exitCode = result.faults.length === 0 ? 0 : 1;
