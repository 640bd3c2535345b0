/** The text format, to the letter: https://prometheus.io/docs/instrumenting/exposition_formats */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Metrics} from './metrics.ts';

test('counters begin at zero for every value of their list; a value outside of it makes no series', () => {
  const metrics = new Metrics();
  const count = metrics.counter({name: 'tea_total', help: 'Cups.', label: 'kind', values: ['green', 'black']});
  count('green');
  count('green', 2);
  (count as (value: string) => void)('a stranger"s');
  assert.equal(metrics.text(), '# HELP tea_total Cups.\n# TYPE tea_total counter\ntea_total{kind="green"} 3\ntea_total{kind="black"} 0\n');
});

test('what is read when asked, and how odd numbers and texts are written', () => {
  const metrics = new Metrics();
  metrics.read({name: 'level', help: 'With \\ and\nmore.', read: () => [{labels: {at: 'a"b\\c\nd'}, value: Infinity}, {value: Number.NaN}, {value: -Infinity}, {value: 1.5e-7}]});
  assert.equal(metrics.text(), '# HELP level With \\\\ and\\nmore.\n# TYPE level gauge\nlevel{at="a\\"b\\\\c\\nd"} +Inf\nlevel NaN\nlevel -Inf\nlevel 1.5e-7\n');
});

test('histograms: buckets add up, with one without end, sum and count', () => {
  const metrics = new Metrics();
  const observe = metrics.histogram({name: 'wait_seconds', help: 'Waits.', buckets: [0.1, 1]});
  for (const value of [0.1, 0.5, 7]) observe(value);
  assert.deepEqual(metrics.text().split('\n').slice(1), ['# TYPE wait_seconds histogram', 'wait_seconds_bucket{le="0.1"} 1', 'wait_seconds_bucket{le="1"} 2', 'wait_seconds_bucket{le="+Inf"} 3', 'wait_seconds_sum 7.6', 'wait_seconds_count 3', '']);
});

test('a name is used once, and is a name', () => {
  const metrics = new Metrics();
  metrics.counter({name: 'one_total', help: ''});
  assert.throws(() => metrics.counter({name: 'one_total', help: ''}));
  assert.throws(() => metrics.counter({name: 'One-total', help: ''}));
  assert.deepEqual(metrics.names, ['one_total']);
});
