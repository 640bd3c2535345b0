/** Which model a request means, and which of its variants is asked for: `name`, or `name@mine`, `name@network`. */
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel, tasksOf} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {Task} from '#protocol/task.ts';
import {badField, Refusal} from './refusal.ts';
import {type FaceOptions, type Level, levels} from './network.ts';

export interface ChosenModel {
  /** As the caller wrote it; answers repeat it. */
  readonly name: string;
  readonly entry: CatalogueEntry;
  readonly level: Level;
  /** Who may answer; undefined for anyone. */
  readonly only: ReadonlySet<NodeId> | undefined;
}

/** The name under which a model is listed: variants of one family are one model. */
export const nameOf = ({id, family}: CatalogueEntry): string => family ?? id;

/** @throws Refusal 404 where there is no such model, 400 where it can't do the task, or nobody of one's own is paired */
export async function chooseModel({network, level: usual}: FaceOptions, {name, header, task}: {name: string; header: string | null; task: Task}): Promise<ChosenModel> {
  const [plain = '', suffix] = name.split('@');
  const level = levelOf(suffix ?? header ?? usual, suffix === undefined ? undefined : 'model');
  const meant = (await network.catalogue()).filter((entry) => entry.id === plain || nameOf(entry) === plain);
  if (meant.length === 0) throw new Refusal({status: 404, message: `There is no model ${JSON.stringify(plain.slice(0, 96))} here. GET /v1/models lists them.`, param: 'model', code: 'model_not_found'});
  const able = meant.filter((entry) => tasksOf(entry).includes(task));
  if (able.length === 0) throw new Refusal({status: 400, message: `This model does not do ${task}; it does ${tasksOf(meant[0] as CatalogueEntry).join(', ')}.`, param: 'model', code: 'unsupported_model'});
  const only = level === 'mine' ? network.mine() : undefined;
  if (only?.size === 0) throw new Refusal({status: 403, message: 'No device of yours is paired with this client, so nobody was asked. Pair one first, or ask the network.', type: 'permission_error', param: 'model', code: 'not_paired'});
  return {name, entry: able.length === 1 ? (able[0] as CatalogueEntry) : mostOffered(able, {records: await network.directory(), only}), level, only};
}

/** The level of one request. @throws Refusal that names where it was said */
function levelOf(said: string, param: string | undefined): Level {
  const found = levels.find((level) => level === said);
  if (!found) throw badField(param, `Who may answer is said as ${levels.join(' or ')}, in the header x-bombyx-level or behind an @ in the model's name.`);
  return found;
}

interface Offering {
  readonly records: readonly NodeRecord[];
  readonly only: ReadonlySet<NodeId> | undefined;
}

/** Whether somebody offers it whom it may be asked of. */
export const isOffered = async ({network}: FaceOptions, {entry, only}: ChosenModel): Promise<boolean> => offersOf(entry, {records: await network.directory(), only}) > 0;

/** A model that does a task and that somebody offers, of those whom `like` may go to; undefined where nobody does. */
export async function offeredModel({network}: FaceOptions, {task, like: {level, only}}: {task: Task; like: ChosenModel}): Promise<ChosenModel | undefined> {
  const [able, records] = await Promise.all([network.catalogue(), network.directory()]);
  const [entry] = byOffers(able.filter((each) => tasksOf(each).includes(task) && offersOf(each, {records, only}) > 0), {records, only});
  return entry && {name: nameOf(entry), entry, level, only};
}

/** The variant that most computers offer; the first one where nobody offers any. */
const mostOffered = (entries: readonly CatalogueEntry[], among: Offering): CatalogueEntry => byOffers(entries, among)[0] as CatalogueEntry;

const byOffers = (entries: readonly CatalogueEntry[], among: Offering): readonly CatalogueEntry[] => entries.toSorted((left, right) => offersOf(right, among) - offersOf(left, among));

/** How many computers offer it. */
function offersOf(entry: CatalogueEntry, {records, only}: Offering): number {
  const hash = hashOfModel(entry);
  return records.filter(({node, models}) => (only === undefined || only.has(node)) && models.some(({model}) => model === hash)).length;
}
