/** Cells with commas, quotes and lines, and those that look like formulas. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {csvOf} from './csv.ts';

test('rows end as RFC 4180 says; what needs quotes has them', () => {
  assert.equal(csvOf([['a', 1], ['b, "c"', 'two\nlines'], ['', 0.5]]), 'a,1\r\n"b, ""c""","two\nlines"\r\n,0.5\r\n');
  assert.equal(csvOf([]), '');
});

test('no cell is a formula; numbers stay numbers', () => {
  assert.equal(csvOf([['=1+1', '@x', '-2', '+3', -2]]), "'=1+1,'@x,'-2,'+3,-2\r\n");
});
