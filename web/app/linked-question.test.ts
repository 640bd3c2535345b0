/** What an address may write into the message box. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {linkedQuestion} from './linked-question.ts';

const asked = (address: string): string | undefined => linkedQuestion(new URL(address, 'https://app.example'));

test('only the page of the chat takes a question, and only one that says something', () => {
  assert.equal(asked('/chat?q=hello+there'), 'hello there');
  assert.equal(asked('/chat/?q=%20hello%20'), 'hello');
  for (const address of ['/chat', '/chat?q=', '/chat?q=%20', '/?q=hello', '/share?q=hello', '/nowhere?q=hello']) assert.equal(asked(address), undefined, address);
});

test('what the Share menu gives becomes one text, and nothing of it comes twice', () => {
  assert.equal(asked('/chat?title=A+page&q=Look+at+this&url=https%3A%2F%2Fx.example%2Fa'), 'A page\n\nLook at this\n\nhttps://x.example/a');
  assert.equal(asked('/chat?title=A+page&q=A+page+https%3A%2F%2Fx.example%2Fa&url=https%3A%2F%2Fx.example%2Fa'), 'A page https://x.example/a');
  assert.equal(asked('/chat?title=Same&q=Same'), 'Same');
});

test('a text without end is cut', () => {
  assert.equal(asked(`/chat?q=${'a'.repeat(20_000)}`)?.length, 16_000);
});
