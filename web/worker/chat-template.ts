/** A conversation as the text that a model was trained on, by its Jinja template. */
import {Template} from '@huggingface/jinja';
import {NetworkError} from '#protocol/errors.ts';
import type {EngineJobOf} from '#protocol/roles/engine.ts';

/** The one that most models without a template were trained with. */
const chatMl = "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

export class ChatTemplate {
  readonly #template: Template;
  readonly #end: string;

  /** @param source undefined: ChatML; @param end what the model writes where a turn ends */
  constructor(source: string | undefined, end = '') {
    this.#template = new Template(source ?? chatMl);
    this.#end = end;
  }

  /** A last message by the assistant stays open. @throws NetworkError `engine-failed` where the model does not know such a conversation */
  textOf(messages: EngineJobOf<'chat'>['messages']): string {
    const last = messages.at(-1);
    const open = last?.role === 'assistant' ? last.content : '';
    const asked = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
    try {
      // llama.cpp puts the beginning of a text in front by itself.
      return this.#template.render({messages: asked, add_generation_prompt: true, bos_token: '', eos_token: this.#end}) + open;
    } catch (error) {
      throw new NetworkError('engine-failed', 'the chat template', {cause: error});
    }
  }
}
