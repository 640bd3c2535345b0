/** The form of the log, and its bound. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {boundedLog, jsonLog} from './log.ts';

test('one line of JSON an event', () => {
  const lines: string[] = [];
  jsonLog((line) => lines.push(line))('warn', 'tea-is-cold', {cups: 2});
  assert.match(lines.join(''), /^\{"time":"\d{4}-\d\d-\d\dT[\d:.]+Z","level":"warn","event":"tea-is-cold","cups":2\}\n$/);
});

test('what strangers bring about is written twenty times, then ten a minute, with the number of those left out; all else always', () => {
  const lines: {event: string; fields: object | undefined}[] = [];
  let now = 0;
  const log = boundedLog((_, event, fields) => void lines.push({event, fields}), () => now);
  for (let count = 0; count < 1000; count += 1) log('warn', 'webrtc-signal-refused');
  assert.equal(lines.length, 20);
  log('error', 'request-failed', {code: 'EIO'});
  for (let count = 0; count < 100; count += 1) log('error', 'vouchers-lost');
  assert.equal(lines.length, 121, 'each event by itself, and those of ours without a bound');
  now = 6000;
  log('warn', 'webrtc-signal-refused');
  log('warn', 'webrtc-signal-refused');
  assert.deepEqual(lines.slice(121), [{event: 'webrtc-signal-refused', fields: {suppressed: 980}}]);
});
