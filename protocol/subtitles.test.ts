/** Subtitles as players read them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plainOf, srtOf, vttOf} from './subtitles.ts';

const line = (startMs: number, endMs: number, text: string) => ({startMs, endMs, text});

test('numbered, with times to the millisecond, an empty line between', () => {
  assert.equal(
    srtOf([line(0, 1250, ' Hello. '), line(3_723_004, 3_725_000, 'An hour later.')]),
    '1\n00:00:00,000 --> 00:00:01,250\nHello.\n\n2\n01:02:03,004 --> 01:02:05,000\nAn hour later.\n',
  );
});

test('what is said can not break the form; silence is left out; the order is that of the times', () => {
  assert.equal(srtOf([line(2000, 1000, 'later'), line(0, 1000, 'a\n\n2\n00:00 --> x'), line(500, 900, '  ')]),
    '1\n00:00:00,000 --> 00:00:01,000\na 2 00:00 → x\n\n2\n00:00:02,000 --> 00:00:02,000\nlater\n');
  assert.equal(srtOf([]), '');
});

test('plain text is a line for each', () => {
  assert.equal(plainOf([line(1000, 2000, 'two'), line(0, 1000, ' one ')]), 'one\ntwo\n');
});

test('WebVTT has a headline, points in its times, and no tags but its own', () => {
  assert.equal(vttOf([line(3_723_004, 3_725_000, 'a < b & c')]), 'WEBVTT\n\n01:02:03.004 --> 01:02:05.000\na &lt; b &amp; c\n');
  assert.equal(vttOf([]), 'WEBVTT\n');
});
