/** What the model of pictures reads and writes: its tokens, what each of them means to the decoder, its chat template. */
import {colours} from './colours.ts';
import type {ModelFiles} from './folder.ts';

export const colourNames: readonly string[] = Object.keys(colours);
/** So many tokens stand for a picture. */
export const tokensOfImage = 4;
export const special = ['<|pad|>', '<|end|>', '<|system|>', '<|user|>', '<|assistant|>', '<image>', '<fake_token_around_image>', '<global-img>', '<unk>'] as const;
const [pad, end, system, user, assistant, image, , , unknown] = special;

const plain = 'what is are the in on of this that these an it picture pictures image images colour color colours which do you see describe question answer with no say please only just if';
/** Each word with and without a space in front of it, as byte-level vocabularies write it. */
const words = [...new Set([...colourNames, 'a', 'and', 'picture', 'yes', ...plain.split(' ')])].flatMap((word) => [word, `Ġ${word}`]);
export const vocabulary: readonly string[] = [...special, ...words, '.', ',', '?', '!', 'Ġ', 'Ċ'];
export const idOf = (token: string): number => vocabulary.indexOf(token);

/** Numbers of a token's row: colours that a picture shows, colours that a word names, then one each. */
export const meanings = {seen: 0, named: 8, role: 16, assistant: 17, yes: 18, a: 19, and: 20, picture: 21} as const;
export const width = 32;

export function rowOf(token: string): readonly number[] {
  const word = token.replace('Ġ', '');
  const row = Array.from({length: width}, () => 0);
  const set = (at: number, when: boolean): void => void (row[at] = when ? 1 : 0);
  for (const [index, name] of colourNames.entries()) set(meanings.named + index, word === name);
  set(meanings.role, token === system || token === user || token === assistant);
  set(meanings.assistant, token === assistant);
  set(meanings.yes, word === 'yes');
  set(meanings.a, word === 'a');
  set(meanings.and, word === 'and');
  set(meanings.picture, word === 'picture');
  return row;
}

/** Text from outside cannot write special tokens; an answer that is the last message stays open, to be continued. */
const written = (text: string): string => `${text} | replace('<|', '< |') | replace('<image>', '< image>')`;
const chatTemplate = [
  `{%- for message in messages -%}{{- '<|' + message['role'] + '|>' -}}`,
  `{%- if message['content'] is string -%}{{- ${written(`message['content']`)} -}}`,
  `{%- else -%}{%- for part in message['content'] -%}{%- if part['type'] == 'image' -%}{{- '${image}' -}}{%- elif part['type'] == 'text' -%}{{- ${written(`part['text']`)} -}}{%- endif -%}{%- endfor -%}{%- endif -%}`,
  `{%- if message['role'] == 'assistant' and not loop.last -%}{{- '${end}' -}}{%- endif -%}`,
  `{%- if message['role'] != 'assistant' and loop.last and add_generation_prompt -%}{{- '${assistant}' -}}{%- endif -%}{%- endfor -%}`,
].join('');

export function wordFiles(): ModelFiles {
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true})),
    normalizer: {type: 'Lowercase'},
    pre_tokenizer: {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true},
    post_processor: null,
    decoder: {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true},
    model: {type: 'WordLevel', vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])), unk_token: unknown},
  };
  const config = {tokenizer_class: 'PreTrainedTokenizerFast', eos_token: end, pad_token: pad, unk_token: unknown, padding_side: 'left', clean_up_tokenization_spaces: false, model_max_length: 2048, chat_template: chatTemplate};
  return {'tokenizer.json': tokenizer, 'tokenizer_config.json': config};
}
