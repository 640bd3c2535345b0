/** What stands under an answer: what it waits for, and the short line of how it came to be. */
import type {Provenance, Stage, Wait} from '../state/views.ts';
import {formatCoins, formatRate, formatSeconds, formatSpan, tokensPerSecond} from './figures.ts';
import {levelName} from './level-looks.ts';
import {texts} from './texts.ts';

const words = texts.details;

/** What an answer that is not there yet is waiting for. */
export function stageText(stage: Stage, wait: Wait | undefined): string {
  const sentence = texts.chat.stages[stage];
  return stage === 'waiting' && wait ? `${sentence} ${texts.chat.wait(wait.position, wait.etaMs === 0 ? undefined : formatSpan(wait.etaMs / 1000))}` : sentence;
}

/** The short line under an answer: model, time, rate, and the level where it is not the usual one. */
export function lineOf(provenance: Provenance): string[] {
  const rate = tokensPerSecond(provenance);
  return [
    provenance.model,
    formatSeconds(provenance.milliseconds),
    ...(rate === undefined ? [] : [words.perSecond(formatRate(rate))]),
    ...(provenance.price === 0n ? [] : [formatCoins(provenance.price)]),
    ...(provenance.level === 'network' ? [] : [levelName(provenance.level)]),
  ];
}
