/** Wrong tickets, and wrong messages on signalling sockets that good tickets opened. */
import {once} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import {WebSocket} from 'ws';
import type {Ticket} from '../tickets.ts';
import type {Random} from './random.ts';
import type {Tally} from './tally.ts';

export interface SignalStage {
  readonly random: Random;
  readonly tally: Tally;
  readonly port: number;
  /** Peers that are or were here. */
  readonly peers: [string, ...string[]];
}

/** SDP as a browser sends it, with nobody behind. */
const offer = [
  'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sendrecv', 'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx', 'a=setup:actpass', `a=fingerprint:sha-256 ${Array.from({length: 32}, () => 'AB').join(':')}`, 'a=sctp-port:5000', 'a=max-message-size:262144',
].join('\r\n');

/** One socket: a ticket, perhaps a wrong one, and messages, most of them wrong. */
export async function fuzzSignals(stage: SignalStage): Promise<void> {
  const {random, tally, port} = stage;
  const address = random.address();
  tally.inputs += 1;
  const response = await fetch(`http://127.0.0.1:${port}/api/ticket`, {method: 'POST', headers: {'x-forwarded-for': address}});
  tally.answered(String(response.status));
  if (response.status !== 200) return void (await response.text());
  const ticket = (await response.json()) as Ticket;
  const isGood = random.chance(0.8);
  const socket = await open(stage, {ticket: isGood ? ticket : spoilt(ticket, random), address});
  if (!socket) return isGood ? tally.fault('a good ticket was refused') : undefined;
  if (!isGood) tally.fault('a wrong ticket opened a socket');
  stage.peers[stage.peers.length < 30 ? stage.peers.length : random.below(30)] = ticket.peer;
  const ended = once(socket, 'close');
  for (let count = random.length(80); count > 0 && socket.readyState === socket.OPEN; count -= 1) {
    tally.inputs += 1;
    socket.send(messageOf(stage));
    if (random.chance(0.2)) await setImmediate();
  }
  if (random.chance(0.1) && (await open(stage, {ticket, address}))) tally.fault('a ticket was taken twice');
  if (random.chance(0.5)) socket.close();
  else socket.terminate();
  await ended;
}

function spoilt({peer, token}: Ticket, random: Random): Ticket {
  const [expires = '', mac = ''] = token.split('.');
  const how = random.below(5);
  if (how === 0) return {peer: 'f'.repeat(32), token};
  if (how === 1) return {peer, token: `${expires}0.${mac}`};
  if (how === 2) return {peer, token: `${expires}.${'0'.repeat(64)}`};
  if (how === 3) return {peer, token: random.pick(['', '.', 'x', `${expires}.`, '\0', '9'.repeat(4000)])};
  return {peer: random.pick(['relay', '', '__proto__']), token};
}

/** Undefined when the relay refused. */
async function open({port, tally}: SignalStage, {ticket, address}: {ticket: Ticket; address: string}): Promise<WebSocket | undefined> {
  const query = new URLSearchParams({id: ticket.peer, token: ticket.token, key: 'bombyx'});
  const socket = new WebSocket(`ws://127.0.0.1:${port}/signal/peerjs?${query}`, {perMessageDeflate: false, headers: {'x-forwarded-for': address}});
  socket.on('error', () => {});
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (request, response) => {
      tally.answered(String(response.statusCode));
      request.destroy();
      resolve(undefined);
    });
  });
}

function messageOf({random, peers}: SignalStage): string | Uint8Array {
  const how = random.below(12);
  if (how === 0) return random.bytes(random.length(500));
  if (how === 1) return nested(random.length(30_000));
  if (how === 2) return `{"type":"OFFER","dst":"relay","payload":${nested(random.length(30_000))}}`;
  const type = random.pick(['OFFER', 'OFFER', 'ANSWER', 'CANDIDATE', 'CANDIDATE', 'LEAVE', 'HEARTBEAT', 'EXPIRE', 'OPEN', 'ERROR', '__proto__']);
  const dst = random.pick(['relay', 'relay', 'relay', random.pick(peers), 'f'.repeat(32), '__proto__', '']);
  const text = JSON.stringify({type, ...(random.chance(0.95) ? {dst} : {}), payload: payloadOf(random)});
  return how === 3 ? Buffer.from(random.mutated(Buffer.from(text))).toString('latin1') : text;
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

function payloadOf(random: Random): unknown {
  const how = random.below(9);
  const connectionId = random.pick(['dc_1', 'dc_2', '', 'x'.repeat(70), `dc_${random.below(100)}`]);
  if (how <= 2) return {sdp: {type: random.pick(['offer', 'offer', 'answer']), sdp: sdpOf(random)}, connectionId};
  if (how <= 4) return {candidate: {candidate: candidateOf(random), sdpMid: random.pick(['0', null, '', 'x'.repeat(20)])}, connectionId};
  return random.pick<unknown>([null, 0, 'text', [], {}, {sdp: null}, {sdp: {type: 'offer', sdp: 5}, connectionId}, {candidate: 'x', connectionId}, {connectionId: {}}, 'x'.repeat(60_000)]);
}

function sdpOf(random: Random): string {
  const lines = offer.split('\r\n');
  const how = random.below(6);
  if (how === 0) return offer;
  if (how === 1) return Buffer.from(random.mutated(Buffer.from(offer))).toString('latin1');
  if (how === 2) return lines.filter(() => random.chance(0.8)).join('\r\n');
  if (how === 3) return [...lines, `a=candidate:${candidateOf(random)}`].join('\r\n');
  if (how === 4) return lines.toSorted(() => random.next() - 0.5).join(random.pick(['\n', '\r\n', '\r']));
  return 'm='.repeat(random.length(10_000));
}

const candidateOf = (random: Random): string =>
  random.pick([
    'candidate:1 1 UDP 2122317823 127.0.0.1 9 typ host', 'candidate:1 1 UDP 1 10.0.0.1 70000 typ host', 'candidate:1 1 TCP 1 ::1 9 typ host tcptype active', 'candidate:1 1 UDP 1 evil.example 53 typ host', 'candidate:', '',
    `candidate:${'1'.repeat(900)}`, 'candidate:1 1 UDP -1 127.0.0.1 -9 typ x', '\0',
  ]);
