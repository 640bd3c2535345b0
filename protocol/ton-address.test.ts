/** Addresses on TON: the forms that people paste, and all that is refused. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {friendlyAddress, parseFriendly, tonAddress} from './ton-address.ts';
import {decode, encode} from './wire.ts';
import {addressField} from './ton-address.ts';

/** The example of TEP-2: one account in its forms. */
const raw = '-1:fcb91a3a3816d0f7b8c2c76108b8a9bc5a6b7a55bd79f8ab101c52db29232260';
const friendly = 'kf_8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15-KsQHFLbKSMiYIny';

test('tonAddress: raw and friendly, url-safe or not, are one address', () => {
  assert.equal(tonAddress(raw), raw);
  assert.equal(tonAddress(raw.toUpperCase()), raw);
  assert.equal(tonAddress(friendly), raw);
  assert.equal(tonAddress(friendly.replaceAll('-', '+').replaceAll('_', '/')), raw);
  assert.deepEqual(parseFriendly(friendly), {address: raw, bounceable: true, testnetOnly: true});
});

test('friendlyAddress writes the form that it reads', () => {
  for (const bounceable of [true, false]) {
    for (const testnetOnly of [true, false]) {
      const form = {bounceable, testnetOnly};
      assert.deepEqual(parseFriendly(friendlyAddress(tonAddress(raw), form)), {address: raw, ...form});
    }
  }
  assert.equal(friendlyAddress(tonAddress(raw), {bounceable: true, testnetOnly: true}), friendly);
});

test('tonAddress: bad-address for a wrong letter, length, kind, workchain, or what is no address', () => {
  const wrongLetter = `${friendly.slice(0, 20)}${friendly[20] === 'A' ? 'B' : 'A'}${friendly.slice(21)}`;
  for (const text of ['', 'alice.ton', wrongLetter, friendly.slice(1), `${friendly}A`, raw.slice(0, -1), raw.replace('-1', '5'), `0x${raw}`, 'f'.repeat(48)]) {
    assert.throws(() => tonAddress(text), {code: 'bad-address'}, text);
  }
});

test('addressField: 33 bytes there and back; another workchain is refused', () => {
  const bytes = encode(addressField, tonAddress(raw));
  assert.equal(bytes.length, 33);
  assert.equal(decode(addressField, bytes), raw);
  bytes[0] = 7;
  assert.throws(() => decode(addressField, bytes), {code: 'bad-message'});
});
