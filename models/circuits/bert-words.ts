/** Tokenizers of whole words in the manner of BERT: lower case, `[CLS]` and `[SEP]` around the text, a plural s split off. */
import type {OnnxGraph} from '../onnx-writer.ts';
import type {ModelFiles} from './folder.ts';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'] as const;
const [pad, unknown, start, end] = special;

/** Numbers from 0, in this order: the special tokens, a plural s, the words. */
export function vocabularyOf(words: readonly string[]): readonly string[] {
  const vocabulary = [...special, '##s', ...words];
  if (new Set(vocabulary).size !== vocabulary.length) throw new RangeError('a word is there twice');
  return vocabulary;
}

const token = (id: string, type: number): object => ({SpecialToken: {id, type_id: type}});
const text = (id: string, type: number): object => ({Sequence: {id, type_id: type}});

export function tokenizerFiles(vocabulary: readonly string[]): ModelFiles {
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true})),
    normalizer: {type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true},
    pre_tokenizer: {type: 'BertPreTokenizer'},
    post_processor: {
      type: 'TemplateProcessing',
      single: [token(start, 0), text('A', 0), token(end, 0)],
      pair: [token(start, 0), text('A', 0), token(end, 0), text('B', 1), token(end, 1)],
      special_tokens: Object.fromEntries([start, end].map((id) => [id, {id, ids: [vocabulary.indexOf(id)], tokens: [id]}])),
    },
    decoder: {type: 'WordPiece', prefix: '##', cleanup: true},
    model: {type: 'WordPiece', unk_token: unknown, continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id]))},
  };
  const config = {tokenizer_class: 'BertTokenizer', do_lower_case: true, pad_token: pad, unk_token: unknown, cls_token: start, sep_token: end, model_max_length: 512};
  return {'tokenizer.json': tokenizer, 'tokenizer_config.json': config};
}

/** The rows of a table by the ids of a text, [batch, tokens, width]; nothing for what the attention mask leaves out. */
export function maskedRows(graph: OnnxGraph, {table, width}: {readonly table: readonly (readonly number[])[]; readonly width: number}): string {
  const ids = graph.input('input_ids', {type: 'int64', dims: ['batch_size', 'sequence_length']});
  const mask = graph.input('attention_mask', {type: 'int64', dims: ['batch_size', 'sequence_length']});
  const rows = graph.node('Gather', [graph.floats([table.length, width], table.flat()), ids], {attributes: {axis: 0}});
  const kept = graph.node('Unsqueeze', [graph.node('Cast', [mask], {attributes: {to: 1}}), graph.ints([2])]);
  return graph.node('Mul', [rows, kept]);
}

/** What BERT tells the two texts of a pair apart by; these models give it no meaning. */
export function withTokenTypes(graph: OnnxGraph, {rows, width}: {readonly rows: string; readonly width: number}): string {
  const types = graph.input('token_type_ids', {type: 'int64', dims: ['batch_size', 'sequence_length']});
  return graph.node('Add', [rows, graph.node('Gather', [graph.floats([2, width], new Float32Array(2 * width)), types], {attributes: {axis: 0}})]);
}

