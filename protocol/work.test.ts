/** Proofs of work: known answers of another implementation, each bit, and nothing but the whole puzzle. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {concat, fromHex, utf8} from './bytes.ts';
import {codeOf} from './errors.ts';
import type {JobHandle} from './ids.ts';
import {seeded} from './testing/seeded.ts';
import {decode, encode} from './wire.ts';
import {isSolution, mostWorkBits, type Puzzle, tries, workDemand} from './work.ts';

const nonce = Uint8Array.from({length: 32}, (_, index) => index);
const handle = 'ab'.repeat(16) as JobHandle;
const puzzle = (bits: number): Puzzle => ({bits, nonce, handle});

/** Node.js' own SHA-256: how many zero bits a number gives. */
function zerosOf({nonce: of, handle: job}: Puzzle, number: bigint): number {
  const written = Buffer.alloc(8);
  written.writeBigUInt64BE(number);
  const hash = createHash('sha256').update(concat(utf8('bombyx/free-work/v1\0'), of, fromHex(job), written)).digest('hex');
  const bits = [...hash].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  return bits.indexOf('1');
}

// The first numbers from 1 on, found by Python's hashlib.
for (const [bits, number] of [[1, 3n], [8, 118n], [12, 118n], [17, 109_940n]] as const) {
  test(`tries(): the first number for ${bits} bits is the known one`, () => {
    assert.equal(tries(puzzle(bits), 1n)(200_000), number);
    assert.ok(isSolution(puzzle(bits), number));
  });
}

test('tries(): goes on where it stopped, finds the next one too, and counts beyond 32 bits', () => {
  const next = tries(puzzle(8), 1n);
  assert.equal(next(117), undefined);
  assert.equal(next(1), 118n);
  const second = next(10_000);
  assert.ok(second !== undefined && second > 118n && isSolution(puzzle(8), second));
  // From Python's hashlib, again.
  assert.equal(tries(puzzle(11), 2n ** 32n - 3n)(10_000), 4_294_970_066n);
});

test('isSolution(): agrees with Node.js for every number of bits, on random puzzles', () => {
  const random = seeded(7);
  const bytesOf = (length: number) => Uint8Array.from({length}, () => Math.floor(random() * 256));
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex') as JobHandle;
  for (let round = 0; round < 300; round += 1) {
    const random9: Puzzle = {bits: 1, nonce: bytesOf(32), handle: hex(bytesOf(16))};
    const number = tries({...random9, bits: 1 + (round % 9)}, BigInt(Math.floor(random() * 2 ** 50)))(100_000);
    assert.ok(number !== undefined);
    const zeros = zerosOf(random9, number);
    for (let bits = 0; bits <= mostWorkBits; bits += 1) assert.equal(isSolution({...random9, bits}, number), bits <= zeros, `${bits} of ${zeros}`);
  }
});

test('isSolution(): another nonce, another handle, or a number beside it is as good as chance', () => {
  const number = 109_940n;
  for (let index = 0; index < 32; index += 1) assert.ok(!isSolution({...puzzle(17), nonce: nonce.with(index, 255)}, number));
  for (let index = 0; index < 32; index += 1) assert.ok(!isSolution({...puzzle(17), handle: `${handle.slice(0, index)}0${handle.slice(index + 1)}` as JobHandle}, number));
  for (const beside of [0n, number - 1n, number + 1n, number + 2n ** 32n, 2n ** 64n - 1n]) assert.ok(!isSolution(puzzle(17), beside));
});

test('workDemand: no relay can ask for more than so many bits, nor for none', () => {
  for (const bits of [1, mostWorkBits]) assert.deepEqual(decode(workDemand, encode(workDemand, {bits, nonce})), {bits, nonce});
  for (const bits of [0, mostWorkBits + 1, 64, 255]) assert.throws(() => decode(workDemand, encode(workDemand, {bits, nonce})), (error) => codeOf(error) === 'bad-message');
});
