/** What the model of speech can write, its tokens in the order of Whisper: words, special tokens, times. */
import type {ModelFiles} from './folder.ts';

export const digits: readonly string[] = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const words = digits.map((digit) => `Ġ${digit}`);
/** The last one has to be that of no times: times begin behind it. */
const special = ['<|endoftext|>', '<|startoftranscript|>', '<|en|>', '<|de|>', '<|translate|>', '<|transcribe|>', '<|notimestamps|>'] as const;
/** Times from 0 to 30 seconds, 50 a second. */
export const times = 1501;
export const timesOfSecond = 50;
export const texts: readonly string[] = [...words, ...special];
export const vocabularySize = texts.length + times;
export const idOf = (token: (typeof special)[number]): number => texts.indexOf(token);

/** Numbers of a token's row. */
export const meanings = {time: 0, word: 1, special: 2, noTimes: 3} as const;
export const width = 4;

export function rowOf(id: number): readonly number[] {
  const [isTime, isWord] = [id >= texts.length, id < words.length];
  return [isTime, isWord, !isTime && !isWord, id === idOf('<|notimestamps|>')].map(Number);
}

/** How generation begins and ends, for `generation_config.json`. */
export const generation = {
  bos_token_id: idOf('<|endoftext|>'),
  eos_token_id: idOf('<|endoftext|>'),
  pad_token_id: idOf('<|endoftext|>'),
  decoder_start_token_id: idOf('<|startoftranscript|>'),
  no_timestamps_token_id: idOf('<|notimestamps|>'),
  is_multilingual: true,
  lang_to_id: {'<|en|>': idOf('<|en|>'), '<|de|>': idOf('<|de|>')},
  task_to_id: {transcribe: idOf('<|transcribe|>'), translate: idOf('<|translate|>')},
  max_initial_timestamp_index: null,
  // Else generation stops after 20 tokens.
  max_length: 448,
} as const;

export function wordFiles(): ModelFiles {
  const timeNames = Array.from({length: times}, (_, index) => `<|${(index / timesOfSecond).toFixed(2)}|>`);
  const end = '<|endoftext|>';
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content) => ({id: idOf(content), content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true})),
    normalizer: null,
    pre_tokenizer: {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true},
    post_processor: null,
    decoder: {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true},
    model: {type: 'WordLevel', vocab: Object.fromEntries([...texts, ...timeNames].map((token, id) => [token, id])), unk_token: end},
  };
  const config = {tokenizer_class: 'WhisperTokenizer', bos_token: end, eos_token: end, pad_token: end, unk_token: end, clean_up_tokenization_spaces: false, model_max_length: 448};
  return {'tokenizer.json': tokenizer, 'tokenizer_config.json': config};
}
