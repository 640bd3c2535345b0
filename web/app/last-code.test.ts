/** The last code block, wherever in an answer it is. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lastCode} from './last-code.ts';

test('the newest answer with code; in lists and quotes too; never of a question', () => {
  const fence = (code: string) => `\`\`\`js\n${code}\n\`\`\``;
  assert.equal(lastCode([{role: 'assistant', text: `${fence('one')}\n\n${fence('two')}`}, {role: 'user', text: fence('mine')}, {role: 'assistant', text: 'none here'}]), 'two');
  assert.equal(lastCode([{role: 'assistant', text: '> ```\n> quoted\n> ```'}]), 'quoted');
  assert.equal(lastCode([{role: 'assistant', text: 'just `inline`'}]), undefined);
  assert.equal(lastCode([]), undefined);
});
