/** `GET /v1/models` and `GET /v1/models/{model}`: one entry for each family, with who offers it now. */
import {type CatalogueEntry, hashOfModel, tasksOf} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {classes, type Prices} from '#protocol/price.ts';
import {type Exchange, json} from './exchange.ts';
import {nameOf} from './model-choice.ts';
import type {FaceNetwork} from './network.ts';
import {Refusal} from './refusal.ts';

/** A model as OpenAI's clients list it, with what this network adds. */
interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly bombyx: {
    readonly variants: readonly string[];
    readonly label: string;
    readonly licence: string;
    readonly tasks: readonly string[];
    readonly context_tokens: number;
    /** Computers that offer it now. */
    readonly nodes: number;
    /** Of the cheapest computer, nano-coins per million tokens, by class. */
    readonly prices: Readonly<Record<string, string>> | null;
  };
}

/** @throws NetworkError `offline` */
export async function listModels(exchange: Exchange): Promise<Response> {
  return json({object: 'list', data: await modelsOf(exchange.options.network)});
}

/** @throws Refusal 404 */
export async function oneModel(exchange: Exchange, name: string): Promise<Response> {
  const found = (await modelsOf(exchange.options.network)).find(({id, bombyx}) => id === name || bombyx.variants.includes(name));
  if (!found) throw new Refusal({status: 404, message: 'There is no such model here. GET /v1/models lists them.', param: 'model', code: 'model_not_found'});
  return json(found);
}

/** Each model of the catalogue with who offers it now, what most offer first. Rejects with NetworkError `offline`. */
export async function modelsOf(network: FaceNetwork): Promise<readonly ListedModel[]> {
  const [entries, records] = await Promise.all([network.catalogue(), network.directory()]);
  return [...Map.groupBy(entries, nameOf)].map(([id, variants]) => modelOf(id, {variants, records})).toSorted((left, right) => right.bombyx.nodes - left.bombyx.nodes);
}

function modelOf(id: string, {variants, records}: {variants: readonly CatalogueEntry[]; records: readonly NodeRecord[]}): ListedModel {
  const hashes = new Set(variants.map(hashOfModel));
  const offers = records.flatMap(({models}) => models.filter(({model}) => hashes.has(model)));
  const prices = offers.map((offer) => offer.prices).toSorted((left, right) => (sumOf(left) < sumOf(right) ? -1 : 1));
  return {
    id,
    object: 'model',
    // A model has no date here; clients want a number.
    created: 0,
    owned_by: 'bombyx',
    bombyx: {
      variants: variants.map((entry) => entry.id),
      label: variants[0]?.label ?? id,
      licence: variants[0]?.licence ?? '',
      tasks: [...new Set(variants.flatMap(tasksOf))],
      context_tokens: Math.max(...variants.map(({contextTokens}) => contextTokens)),
      nodes: offers.length,
      prices: prices[0] ? Object.fromEntries(Object.entries(prices[0]).map(([name, price]) => [name, String(price)])) : null,
    },
  };
}

const sumOf = (prices: Prices): bigint => classes.reduce((sum, name) => sum + prices[name], 0n);
