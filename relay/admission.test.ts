/** Addresses are the same however they are written, a household's IPv6 counts as one, and limits let go of who left. */
import assert from 'node:assert/strict';
import type {IncomingMessage} from 'node:http';
import {test} from 'node:test';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {addressOf, AddressLimits, plainAddress, prefixOf} from './admission.ts';

const request = (remoteAddress: string, forwarded?: string) => ({socket: {remoteAddress}, headers: {'x-forwarded-for': forwarded}}) as unknown as IncomingMessage;

test('plainAddress(): one way to write each address', () => {
  for (const [written, plain] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
    ['2001:0db8:0000::0000:1', '2001:db8:0:0:0:0:0:1'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
  ]) assert.equal(plainAddress(written ?? ''), plain);
  for (const text of ['', 'localhost', '1.2.3', '300.1.1.1', ':::', '[::1]', '2001:db8::1::2', 'example.com']) assert.equal(plainAddress(text), undefined, text);
});

test('prefixOf(): addresses of one /56 share a limit, those of another do not', () => {
  const prefix = (address: string) => prefixOf(plainAddress(address) ?? '');
  assert.equal(prefix('2001:db8:1:2300::1'), prefix('2001:db8:1:23ff:ffff::9'));
  assert.notEqual(prefix('2001:db8:1:2300::1'), prefix('2001:db8:1:2400::1'));
  assert.equal(prefix('2001:db8::1'), prefix('2001:db8:0:ff::'), 'also where zeros are left out');
  assert.equal(prefix('192.0.2.7'), '192.0.2.7');
});

test('addressOf(): a proxy is believed only where it is set up, and only when it names an address', () => {
  assert.equal(addressOf(request('::ffff:192.0.2.7', '198.51.100.1'), false), '192.0.2.7');
  assert.equal(addressOf(request('127.0.0.1', '203.0.113.5, 198.51.100.1'), true), '198.51.100.1');
  assert.equal(addressOf(request('127.0.0.1', 'anything I like'), true), '127.0.0.1');
});

test('AddressLimits: so many links at once and per minute, and a closed one makes room', () => {
  const clock = new ManualClock(() => Promise.resolve());
  const limits = new AddressLimits({clock, perMinute: 2});
  const first = limits.open('2001:db8:0:0:0:0:0:1');
  assert.ok(first && limits.open('2001:db8:0:1:0:0:0:1'));
  assert.equal(limits.open('2001:db8:0:2:0:0:0:1'), undefined);
  assert.ok(limits.open('192.0.2.7'), 'another address is not concerned');
  first();
  assert.equal(limits.open('2001:db8:0:0:0:0:0:1'), undefined, 'the minute counts too');
});

test('AddressLimits: a crowd of addresses is forgotten, the oldest first, but never one that has a link open', () => {
  const limits = new AddressLimits({clock: new ManualClock(() => Promise.resolve()), perMinute: 1});
  const address = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  for (let index = 0; index < 60_000; index += 1) {
    if (index < 1000) limits.open(address(index));
    else limits.take(address(index));
  }
  assert.equal(limits.size, 50_000);
  assert.equal(limits.open(address(0)), undefined, 'its link still counts');
  assert.equal(limits.take(address(59_999)), false, 'the newest are known');
  assert.equal(limits.take(address(1000)), true, 'the oldest are not');
});
