/** `npm run model:manifest -- URL_OR_FOLDER [options]`: hashes the files of a model and prints its entry for the catalogue, or adds it to one. */
import {statSync} from 'node:fs';
import {basename, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import * as v from 'valibot';
import {entryOf, writeInto} from './catalogue-entry.ts';
import {tasks} from '#protocol/task.ts';
import {repositoryFiles, repositoryOf} from './hugging-face.ts';
import {addressFiles, folderFiles, type ModelFiles} from './model-files.ts';

const usage = `npm run model:manifest -- URL_OR_FOLDER [options]

URL_OR_FOLDER   a folder; a repository such as https://huggingface.co/OWNER/NAME/tree/COMMIT; or an https address that names a commit, with --files
--into FILE     adds the entry to this models.json instead of printing it
--id ID         name of the folder below the mirror, too; the last part of URL_OR_FOLDER by default
--label TEXT    as people read it
--family ID     of another entry that is the same model for another engine: a device offers the one that it runs fastest
--licence NAME  where the publisher says none
--engine NAME   transformers, wllama or webllm, where the files leave it open
--task NAME     what it can do: chat by default, or image-text, embeddings, transcription, classify, video; may be repeated
--dtype NAME    fp32, fp16, q8, q4 or q4f16: which weights of an ONNX repository; of a model in parts also as PART=NAME,PART=NAME
--pooling NAME  mean, first or last: how vectors of tokens become one of the text
--context N     tokens
--library PATH  MLC's compiled model: one of the files, or an https address that names a commit
--feature NAME  what the GPU must be able to do, such as shader-f16; may be repeated
--files LIST    these files and no others, with commas between
--source PATH   where browsers find the files of a folder; mirror/ID by default
`;

const wrongDtype = '--dtype is fp32, fp16, q8, q4 or q4f16';
const dtype = v.picklist(['fp32', 'fp16', 'q8', 'q4', 'q4f16'], wrongDtype);
/** `q4`, or `encoder_model=fp16,decoder_model_merged=q4`. */
const dtypesOf = (text: string): unknown => (text.includes('=') ? Object.fromEntries(text.split(',').map((part) => part.split('=', 2).map((word) => word.trim()))) : text);

const optionsSchema = v.object({
  into: v.optional(v.string()),
  id: v.optional(v.string()),
  label: v.optional(v.string()),
  family: v.optional(v.string()),
  licence: v.optional(v.string()),
  engine: v.optional(v.picklist(['transformers', 'wllama', 'webllm'], '--engine is transformers, wllama or webllm')),
  dtype: v.optional(v.pipe(v.string(), v.transform(dtypesOf), v.union([dtype, v.record(v.string(), dtype)], wrongDtype))),
  task: v.optional(v.array(v.picklist(tasks, `--task is one of ${tasks.join(', ')}`)), []),
  pooling: v.optional(v.picklist(['mean', 'first', 'last'], '--pooling is mean, first or last')),
  context: v.optional(v.pipe(v.string(), v.regex(/^\d+$/, '--context is a whole number'), v.transform(Number))),
  library: v.optional(v.string()),
  feature: v.optional(v.array(v.string()), []),
  files: v.optional(v.pipe(v.string(), v.transform((list) => list.split(',').map((path) => path.trim()).filter((path) => path !== '')))),
  source: v.optional(v.string()),
});
type Options = v.InferOutput<typeof optionsSchema>;

function readArguments(): {place: string; options: Options} {
  const text = {type: 'string'} as const;
  const names = {into: text, id: text, label: text, family: text, licence: text, engine: text, dtype: text, context: text, library: text, files: text, source: text, pooling: text};
  const lists = {feature: {type: 'string', multiple: true}, task: {type: 'string', multiple: true}} as const;
  const {positionals, values} = parseArgs({allowPositionals: true, options: {...names, ...lists}});
  const [place, ...rest] = positionals;
  if (place === undefined || rest.length > 0) throw new Error(usage);
  return {place, options: v.parse(optionsSchema, values)};
}

async function filesAt(place: string, {id, options}: {id: string; options: Options}): Promise<ModelFiles> {
  const repository = repositoryOf(place);
  const found = repository ? await repositoryFiles(repository) : undefined;
  if (found) return options.files ? {...found, files: found.files.filter(({path}) => options.files?.includes(path))} : found;
  if (!place.startsWith('https://')) {
    if (!statSync(place, {throwIfNoEntry: false})?.isDirectory()) throw new Error(`${place} is neither a folder nor an https address.\n\n${usage}`);
    const folder = await folderFiles(resolve(place), options.source ?? `mirror/${id}`);
    return options.files ? {...folder, files: options.files.map((path) => ({path}))} : folder;
  }
  if (!options.files) throw new Error('This address has no list of files that could be read. Give --files.');
  return addressFiles(place.endsWith('/') ? place : `${place}/`, options.files);
}

async function run(): Promise<void> {
  const {place, options} = readArguments();
  const id = options.id ?? basename(repositoryOf(place)?.name ?? resolve(place)).toLowerCase();
  const model = await filesAt(place, {id, options});
  const entry = await entryOf(model, {
    ...options, id, features: options.feature, tasks: options.task, all: options.files !== undefined,
    onFile: ({path, bytes}) => process.stderr.write(`${path}: ${bytes} bytes\n`),
  });
  if (options.into === undefined) process.stdout.write(`${JSON.stringify(entry, undefined, 2)}\n`);
  else await writeInto(options.into, entry);
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
