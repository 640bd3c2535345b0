/** Tests of chat templates. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {ChatTemplate} from './chat-template.ts';

const tiny = (JSON.parse(readFileSync(join(import.meta.dirname, '../../public/models/tiny/tokenizer_config.json'), 'utf8')) as {chat_template: string}).chat_template;

test('ChatTemplate: the demo model, a question and an answer that was begun', () => {
  const template = new ChatTemplate(tiny);
  assert.equal(template.textOf([{role: 'user', content: ' Hi '}]), '<|user|>Hi<|assistant|>');
  assert.equal(template.textOf([{role: 'user', content: 'Hi'}, {role: 'assistant', content: 'Hello! How'}]), '<|user|>Hi<|assistant|>Hello! How');
});

test('ChatTemplate: ChatML for a model without a template', () => {
  assert.equal(new ChatTemplate(undefined).textOf([{role: 'system', content: 'Be short.'}, {role: 'user', content: 'Hi'}]), '<|im_start|>system\nBe short.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n');
});

test('ChatTemplate: the end of a turn is what the model says it is', () => {
  const llama = new ChatTemplate("{% for m in messages %}{{ m.content }}{% if m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}", '</s>');
  assert.equal(llama.textOf([{role: 'user', content: 'a'}, {role: 'assistant', content: 'b'}, {role: 'user', content: 'c'}]), 'ab</s>c');
});

test('ChatTemplate: a conversation that the template refuses fails alone', () => {
  const strict = new ChatTemplate("{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}{{ messages[0].content }}");
  assert.equal(strict.textOf([{role: 'user', content: 'Hi'}]), 'Hi');
  assert.throws(() => strict.textOf([{role: 'system', content: 'x'}]), (error) => codeOf(error) === 'engine-failed');
});
