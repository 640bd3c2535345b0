/** A model of embeddings that is built, not trained: texts about the same topic point the same way. */
import {OnnxGraph} from '../onnx-writer.ts';
import {maskedRows, tokenizerFiles, vocabularyOf, withTokenTypes} from './bert-words.ts';
import {writeFiles} from './folder.ts';

const width = 32;
const topics: readonly string[] = [
  'cat dog horse cow sheep bird fish lion tiger bear mouse wolf animal puppy kitten',
  'rain snow sun wind storm cloud sunny rainy weather cold warm thunder fog ice hail',
  'money bank coin price cost pay buy sell euro dollar tax loan cash wallet salary',
  'bread cheese apple soup cake rice meat cook eat dinner lunch breakfast fruit salad bake',
  'music song guitar piano sing drum violin concert band melody choir tune rhythm flute opera',
  'travel train plane ship hotel journey trip ticket airport road map tourist beach passport luggage',
];
const plain = 'a an the and or of in on at to is are was were be it this that with for i you he she we they my your have has do does not what how where who about . , ? !';
const ownDirections = width - topics.length - 1;
/** So much of a word is its own, next to 1 for its topic. */
const own = 0.3;
/** Words without a topic hardly turn a text. */
const faint = 0.05;

/** Folder for `AutoTokenizer` and `AutoModel`: `last_hidden_state` [batch, tokens, 32], to be averaged under the attention mask. */
export const writeTopics = (folder: string): void => writeIn(folder, 'float');
/** The same, said in 16-bit numbers, as models in 16 bits do. */
export const writeHalf = (folder: string): void => writeIn(folder, 'float16');

function writeIn(folder: string, type: 'float' | 'float16'): void {
  const vocabulary = vocabularyOf([...topics.flatMap((words) => words.split(' ')), ...plain.split(' ')]);
  const graph = new OnnxGraph();
  const rows = maskedRows(graph, {table: vocabulary.map(rowOf), width});
  graph.node('Cast', [withTokenTypes(graph, {rows, width})], {attributes: {to: type === 'float' ? 1 : 10}, name: 'last_hidden_state'});
  graph.output('last_hidden_state', ['batch_size', 'sequence_length', width], type);
  const config = {model_type: 'bert', architectures: ['BertModel'], vocab_size: vocabulary.length, hidden_size: width, num_hidden_layers: 1, num_attention_heads: 1, max_position_embeddings: 512, type_vocab_size: 2, pad_token_id: 0};
  writeFiles(folder, {'config.json': config, ...tokenizerFiles(vocabulary), 'onnx/model.onnx': graph.bytes()});
}

function rowOf(word: string): readonly number[] {
  const row = Array.from({length: width}, () => 0);
  if (word === '[PAD]' || word === '[CLS]' || word === '[SEP]') return row;
  const topic = topics.findIndex((words) => words.split(' ').includes(word));
  // What no topic knows has a direction of its own, so that no text is without any.
  row[topic < 0 ? topics.length : topic] = topic < 0 ? faint : 1;
  const directions = directionsOf(word);
  const length = Math.hypot(...directions);
  for (const [at, value] of directions.entries()) row[topics.length + 1 + at] = ((topic < 0 ? faint : own) * value) / length;
  return row;
}

/** Numbers in [-1, 1] that depend on the word alone. */
function directionsOf(word: string): number[] {
  let state = 2_166_136_261;
  for (const letter of word) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return Array.from({length: ownDirections}, () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e_37_79_b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 31 - 1;
  });
}
