/** What is known of a model, in words. */
import type {ModelFacts} from '../state/model-facts.ts';
import type {Level} from '../state/views.ts';
import {formatBytes, formatCoins, formatCount, formatRate, formatSeconds} from './figures.ts';
import {modelTexts as words} from './model-texts.ts';
import {obstacleTexts} from './obstacle-texts.ts';

export interface ModelLine {
  readonly term: string;
  readonly text: string;
}

/** A line for each fact; what nobody measured or published says so. */
export function linesOf(model: ModelFacts, level: Level): readonly ModelLine[] {
  const {terms, unknown} = words;
  const {computers, unpayable, claimed, waitMs, downloadBytes, contextTokens, tasks, licence} = model;
  return [
    {term: terms.computers, text: level === 'mine' ? words.mine(computers) : words.computers(computers, unpayable)},
    {term: terms.price, text: priceText(model, level)},
    {term: terms.wait, text: waitMs === undefined ? unknown : formatSeconds(waitMs)},
    {term: terms.measured, text: measuredText(model)},
    {term: terms.claimed, text: claimed > 0 ? words.claimed(formatRate(claimed)) : unknown},
    {term: terms.size, text: downloadBytes === undefined ? unknown : formatBytes(downloadBytes)},
    {term: terms.context, text: contextTokens === undefined ? unknown : words.tokens(formatCount(contextTokens))},
    {term: terms.fit, text: fitText(model)},
    {term: terms.tasks, text: tasks.map((task) => words.tasks[task]).join(', ')},
    {term: terms.licence, text: licence ?? unknown},
  ];
}

function priceText({free, price, computers}: ModelFacts, level: Level): string {
  // Paired devices ask each other for nothing.
  if (level === 'mine') return words.free;
  const asked = price && words.perMillion(formatCoins(price.lowest), formatCoins(price.highest));
  if (asked === undefined) return computers > 0 ? words.free : words.unknown;
  return free > 0 ? `${words.freeOf(free, computers)}; ${asked}` : asked;
}

function measuredText({measured}: ModelFacts): string {
  if (measured === undefined) return words.unknown;
  const {firstTokenMs, tokensPerSecond, answers} = measured;
  return words.measured(formatSeconds(firstTokenMs), tokensPerSecond === undefined ? undefined : formatRate(tokensPerSecond), answers);
}

function fitText({fit, keptBytes, downloadBytes}: ModelFacts): string {
  const kept = keptBytes === 0 ? undefined : downloadBytes !== undefined && keptBytes < downloadBytes ? words.keptPart(formatBytes(keptBytes)) : words.kept;
  const runs = fit && (fit.obstacle === undefined ? words.fits : obstacleTexts.models[fit.obstacle]);
  const hint = fit?.obstacle === undefined && fit?.gpuMemoryBytes !== undefined ? obstacleTexts.needsMemory(formatBytes(fit.gpuMemoryBytes)) : undefined;
  return [runs, hint, kept].filter((text) => text !== undefined).join(' ') || words.unknown;
}
