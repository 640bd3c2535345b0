/** Files in a question: what goes in comes out again, whatever is in them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filesIn, hasFiles, plainName, titleIn, withFiles} from './attached-text.ts';

test('question and files come out as they went in, fences and other files\' heads among them', () => {
  const files = [
    {name: 'notes.txt', text: 'one\n\ntwo'},
    {name: 'code.md', text: '```js\nlet x;\n```\n\nFile: fake.txt\n```\nnot a file\n```'},
    {name: 'deep.md', text: '`````'},
    {name: 'empty.txt', text: ''},
  ];
  for (const question of ['What is in them?', '', 'two\n\nparagraphs']) {
    const text = withFiles(question, files);
    assert.deepEqual(filesIn(text), {question, files});
    assert.equal(hasFiles(text), true);
  }
});

test('a question without files is itself', () => {
  for (const text of ['', 'What is 3 plus 4?', 'File: x', 'see\n```\ncode\n```', 'File: x\n```\nnever closed']) {
    assert.equal(hasFiles(text), false, text);
    assert.deepEqual(filesIn(text), {question: text, files: []});
  }
  assert.equal(withFiles('only this', []), 'only this');
});

test('a name is one line and not turned round', () => {
  assert.equal(plainName('a\nFile: b\u202E.txt'), 'a File: b .txt');
  assert.equal(plainName('\u0000'), 'file');
  assert.equal(plainName(`${'x'.repeat(200)}.txt`).length, 100);
  assert.ok(plainName(`${'x'.repeat(200)}.txt`).endsWith('.txt'), 'its end says what it is');
});

test('a conversation is called by what was written, or by its first file', () => {
  const files = [{name: 'notes.txt', text: 'x'}, {name: 'b.txt', text: 'y'}];
  assert.deepEqual([titleIn(withFiles('Who?', files)), titleIn(withFiles('', files)), titleIn('  plain  ')], ['Who?', 'notes.txt', 'plain']);
});
