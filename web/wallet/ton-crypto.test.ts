import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as theirs from '@ton/crypto';
import * as ours from './ton-crypto.ts';

test('what stands in for @ton/crypto gives the same bytes', () => {
  for (let round = 0; round < 8; round += 1) {
    const [seed, data] = [Buffer.alloc(32, round * 31 + 1), Buffer.alloc(round * 40, round)];
    assert.deepEqual(ours.sha256_sync(data), theirs.sha256_sync(data));
    const [our, their] = [ours.keyPairFromSeed(seed), theirs.keyPairFromSeed(seed)];
    assert.deepEqual({...our}, {...their});
    const signature = theirs.sign(data, their.secretKey);
    assert.deepEqual(ours.sign(data, our.secretKey), signature);
    assert.ok(ours.signVerify(data, signature, our.publicKey) && theirs.signVerify(data, ours.sign(data, our.secretKey), our.publicKey));
    assert.equal(ours.signVerify(Buffer.concat([data, Buffer.of(1)]), signature, our.publicKey), false);
  }
  assert.deepEqual(ours.sha256_sync('text'), theirs.sha256_sync('text'));
});
