/** What may leave a browser for a stranger. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {relayOnly, withoutAddresses} from './relay-only.ts';

const turn = {urls: ['turn:turn.example:3478?transport=udp'], username: '1:a', credential: 'b'};
const place = 'candidate:1 1 udp 41885439 203.0.113.1 50000 typ relay';

test('relayOnly(): the policy is never another, and servers are TURN servers', () => {
  assert.deepEqual(relayOnly([turn]), {iceServers: [turn], iceTransportPolicy: 'relay'});
  for (const wrong of [[], [{urls: ['stun:a']}], [{...turn, urls: ['stun:a']}], [{...turn, urls: []}], [turn, {...turn, urls: ['stun:a']}], ['turn:a'], [{urls: ['turn:a']}]]) assert.throws(() => relayOnly(wrong));
});

const candidate = (text: string) => ({type: 'CANDIDATE', dst: 'them', payload: {candidate: {candidate: text, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'uf'}, type: 'data', connectionId: 'dc_1'}});

test('withoutAddresses(): a place at the TURN server goes on, without the address that asked for it', () => {
  const sent = withoutAddresses(candidate(`${place} raddr 192.0.2.7 rport 4444 generation 0`));
  assert.deepEqual(sent, {type: 'CANDIDATE', dst: 'them', payload: {type: 'data', connectionId: 'dc_1', candidate: {candidate: `${place} raddr 0.0.0.0 rport 0 generation 0`, sdpMid: '0', sdpMLineIndex: 0}}});
});

test('withoutAddresses(): every other candidate stays here', () => {
  for (const text of [
    'candidate:1 1 udp 2122260223 192.0.2.7 4444 typ host generation 0',
    'candidate:1 1 udp 2122260223 abc.local 4444 typ host',
    'candidate:1 1 udp 1 198.51.100.7 4444 typ srflx raddr 192.0.2.7 rport 4444',
    'candidate:1 1 udp 1 198.51.100.7 4444 typ prflx',
    'candidate:1 1 udp 1 192.0.2.7 4444 typ relayed',
    '',
  ]) assert.equal(withoutAddresses(candidate(text)), undefined, text);
  assert.equal(withoutAddresses({type: 'CANDIDATE', payload: {candidate: 'text'}}), undefined);
  assert.equal(withoutAddresses('text'), undefined);
});

test('withoutAddresses(): of a description only places are left, and no line says where it is', () => {
  const host = 'a=candidate:1 1 udp 2122260223 192.0.2.7 4444 typ host';
  const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 'm=application 4444 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 192.0.2.7', host, `a=${place} raddr 192.0.2.7 rport 4444`, 'a=ice-ufrag:abcd', ''];
  const sent = withoutAddresses({type: 'OFFER', dst: 'them', payload: {sdp: {type: 'offer', sdp: lines.join('\r\n')}, serialization: 'raw'}});
  const expected = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 'm=application 4444 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', `a=${place} raddr 0.0.0.0 rport 0`, 'a=ice-ufrag:abcd', ''];
  assert.deepEqual(sent, {type: 'OFFER', dst: 'them', payload: {serialization: 'raw', sdp: {type: 'offer', sdp: expected.join('\r\n')}}});
});

test('withoutAddresses(): what holds nothing goes on as it is', () => {
  assert.deepEqual(withoutAddresses({type: 'HEARTBEAT'}), {type: 'HEARTBEAT'});
});
