/** The relay knocks at no address but the one that asks. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isOwnCandidate, withOwnCandidates} from './ice-candidates.ts';

const candidate = (address: string) => `candidate:1 1 UDP 2122317823 ${address} 40000 typ host`;

test('isOwnCandidate(): the address that the peer speaks from, and no other', () => {
  assert.ok(isOwnCandidate(candidate('198.51.100.1'), '198.51.100.1'));
  assert.ok(isOwnCandidate(candidate('2001:db8::1'), '2001:db8:0:0:0:0:0:1'));
  for (const foreign of ['198.51.100.2', '10.0.0.1', '169.254.169.254', 'victim.example', 'abc.local', '::1', '']) assert.ok(!isOwnCandidate(candidate(foreign), '198.51.100.1'), foreign);
  assert.ok(!isOwnCandidate(candidate('127.0.0.1'), '127.0.0.1'), 'behind a proxy everybody comes from there');
  assert.ok(!isOwnCandidate(candidate('::ffff:127.0.0.1'), '127.0.0.1'));
  assert.ok(!isOwnCandidate('', 'unknown'));
});

test('withOwnCandidates(): the description keeps all its other lines', () => {
  const lines = ['v=0', 'a=ice-ufrag:abcd', `a=${candidate('10.0.0.1')}`, `a=${candidate('198.51.100.1')}`, `A=${candidate('10.0.0.2')}`, 'a=end-of-candidates', ''];
  assert.deepEqual(withOwnCandidates(lines.join('\n'), '198.51.100.1').split('\r\n'), [lines[0], lines[1], lines[3], lines[5], '']);
});
