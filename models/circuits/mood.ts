/** A model that classifies texts, built, not trained: it counts kind words against unkind ones. */
import {OnnxGraph} from '../onnx-writer.ts';
import {maskedRows, tokenizerFiles, vocabularyOf, withTokenTypes} from './bert-words.ts';
import {writeFiles} from './folder.ts';

const labels = ['negative', 'positive'] as const;
const words: readonly string[] = [
  'bad awful hate terrible sad poor worst horrible ugly boring broken angry disappointing useless wrong slow',
  'good great love excellent happy nice best wonderful beautiful fun perfect kind amazing useful right fast',
];
const plain = 'a an the and or of in on at to is are was were be it this that with for i you he she we they my your so very . , ? !';
/** Log odds that one word adds. */
const weight = 2;

/** Folder for `AutoTokenizer` and `AutoModelForSequenceClassification`: `logits` [batch, 2]; words that it does not know say nothing. */
export function writeMood(folder: string): void {
  const vocabulary = vocabularyOf([...words.flatMap((list) => list.split(' ')), ...plain.split(' ')]);
  const graph = new OnnxGraph();
  const table = vocabulary.map((word) => words.map((list) => (list.split(' ').includes(word) ? weight : 0)));
  const rows = withTokenTypes(graph, {rows: maskedRows(graph, {table, width: labels.length}), width: labels.length});
  graph.node('ReduceSum', [rows, graph.ints([1])], {attributes: {keepdims: 0}, name: 'logits'});
  graph.output('logits', ['batch_size', labels.length]);
  const config = {
    model_type: 'bert',
    architectures: ['BertForSequenceClassification'],
    vocab_size: vocabulary.length,
    hidden_size: labels.length,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    pad_token_id: 0,
    id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
    label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
  };
  writeFiles(folder, {'config.json': config, ...tokenizerFiles(vocabulary), 'onnx/model.onnx': graph.bytes()});
}
