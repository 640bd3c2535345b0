/** Tests of tickets. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {Tickets} from './tickets.ts';

const clock = () => new ManualClock(() => setImmediate());

test('Tickets: a ticket opens once', () => {
  const tickets = new Tickets(clock());
  const ticket = tickets.issue();
  assert.equal(tickets.redeem(ticket), true);
  assert.equal(tickets.redeem(ticket), false);
});

test('Tickets: a ticket runs out', async () => {
  const time = clock();
  const tickets = new Tickets(time);
  const ticket = tickets.issue();
  await time.advance(30_001);
  assert.equal(tickets.redeem(ticket), false);
});

test('Tickets: a ticket is for one peer, one key and one time', () => {
  const tickets = new Tickets(clock());
  const {peer, token} = tickets.issue();
  const other = tickets.issue();
  const [expires = '', mac = ''] = token.split('.');
  const forged = [
    {peer: other.peer, token},
    {peer, token: `${Number(expires) + 1000}.${mac}`},
    {peer, token: `${expires}.${'0'.repeat(64)}`},
    {peer, token: ''},
    {peer: '', token: ''},
    {peer, token: new Tickets(clock()).issue().token},
  ];
  for (const ticket of forged) assert.equal(tickets.redeem(ticket), false);
  assert.equal(tickets.redeem({peer, token}), true);
});

test('Tickets: an id is one that PeerJS takes, and is never given twice', () => {
  const tickets = new Tickets(clock());
  const ids = Array.from({length: 200}, () => tickets.issue().peer);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});
