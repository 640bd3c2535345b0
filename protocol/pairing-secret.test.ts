/** Codes and links for pairing: what a person types is read kindly, what was changed is refused, and nothing shows the secret. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toHex} from './bytes.ts';
import type {DeviceId, NodeId} from './ids.ts';
import {comparisonOf, freshPairingSecret, pairingRoom, type PairingSecret, printOf, readInvitation, readPairingSecret, writeInvitation, writePairingSecret} from './pairing-secret.ts';

const secret = '0123456789ABCDE' as PairingSecret;
const keys = {node: '11'.repeat(32) as NodeId, device: '22'.repeat(32) as DeviceId};

test('a code is four groups of four and comes back, however it is typed', () => {
  const code = writePairingSecret(secret);
  assert.match(code, /^0123-4567-89AB-CDE[0-9A-Z]$/);
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ' '), code.replaceAll('-', ''), ` ${code} `, code.replaceAll('-', '–'), code.replace('0', 'o').replace('1', 'l')]) {
    assert.equal(readPairingSecret(typed), secret, typed);
  }
});

test('fresh secrets differ, and each reads back', () => {
  const fresh = Array.from({length: 50}, freshPairingSecret);
  assert.equal(new Set(fresh).size, 50);
  for (const each of fresh) assert.equal(readPairingSecret(writePairingSecret(each)), each);
});

test('nearly every slip of one symbol is seen; no text that is no code passes', () => {
  const code = writePairingSecret(secret).replaceAll('-', '');
  const slips = [...code].flatMap((symbol, at) => [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].filter((other) => other !== symbol).map((other) => code.slice(0, at) + other + code.slice(at + 1)));
  const passed = slips.filter((slip) => {
    try {
      return readPairingSecret(slip) !== secret;
    } catch {
      return false;
    }
  });
  assert.ok(passed.length < slips.length / 16, `${passed.length} of ${slips.length}`);
  for (const text of ['', 'hello', code.slice(1), `${code}0`, 'U'.repeat(16), '💥'.repeat(16), 'A'.repeat(100_000)]) assert.throws(() => readPairingSecret(text), {code: 'bad-message'}, text.slice(0, 20));
});

test('an invitation comes from a fragment, a whole link or a code alone', () => {
  const fragment = writeInvitation(secret, keys);
  const whole = {secret, print: printOf(keys)};
  for (const given of [fragment, `#${fragment}`, `https://bombyx.example/pair#${fragment}`, `  https://bombyx.example/pair#${fragment}\n`]) assert.deepEqual(readInvitation(given), whole, given);
  assert.deepEqual(readInvitation(writePairingSecret(secret)), {secret, print: undefined});
  for (const broken of [`${fragment}x`, fragment.slice(0, -1), `${fragment}.more`, `${writePairingSecret(secret)}.`, `https://bombyx.example/pair`, `.${printOf(keys)}`]) {
    assert.throws(() => readInvitation(broken), {code: 'bad-message'}, broken);
  }
});

test('room, keys and digits come of the secret alone, each its own', () => {
  const {room, hostKey, guestKey} = pairingRoom(secret);
  assert.deepEqual([room.length, hostKey.length, guestKey.length], [16, 32, 32]);
  assert.deepEqual(pairingRoom(secret).room, room);
  assert.equal(new Set([toHex(room), toHex(hostKey).slice(0, 32), toHex(guestKey).slice(0, 32), toHex(pairingRoom(freshPairingSecret()).room)]).size, 4);
  const [host, guest] = [Uint8Array.of(1), Uint8Array.of(2)];
  const digits = comparisonOf(secret, {host, guest});
  assert.match(digits, /^\d{6}$/);
  assert.notEqual(comparisonOf(secret, {host: guest, guest: host}), digits);
  assert.notEqual(comparisonOf(freshPairingSecret(), {host, guest}), digits);
});
