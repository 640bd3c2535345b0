/** Numbers as people read them: seconds, bytes, rates, coins and dates. */
import {formatAmount} from '#protocol/amount.ts';
import type {Provenance} from '../state/views.ts';
import {texts} from './texts.ts';

/** What is costly to make is made once for each language, when it is first needed in it. */
function inLanguage<T>(make: (locale: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const {locale} = texts;
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
const numbers = (options: Intl.NumberFormatOptions = {}) => inLanguage((locale) => new Intl.NumberFormat(locale, options));
const moments = (options: Intl.DateTimeFormatOptions) => inLanguage((locale) => new Intl.DateTimeFormat(locale, options));

const count = numbers();
const oneDigit = numbers({maximumFractionDigits: 1});
const percent = numbers({style: 'percent', maximumFractionDigits: 0});
const second = numbers({style: 'unit', unit: 'second', unitDisplay: 'narrow', minimumFractionDigits: 1, maximumFractionDigits: 1});
const date = moments({dateStyle: 'medium'});
const moment = moments({dateStyle: 'medium', timeStyle: 'short'});
const part = numbers({style: 'percent', maximumFractionDigits: 1});
const time = moments({timeStyle: 'medium'});
/** "." or "," */
const decimalMark = inLanguage((locale) => new Intl.NumberFormat(locale).formatToParts(0.5).find(({type}) => type === 'decimal')?.value ?? '.');

export const formatCount = (counted: number): string => count().format(counted);
export const formatPercent = (whole: number): string => percent().format(Math.min(1, Math.max(0, whole)));
export const formatDate = (at: number): string => date().format(at);
export const formatMoment = (at: number): string => moment().format(at);
/** 50 thousandths as "5%". */
export const formatPermille = (permille: number): string => part().format(permille / 1000);
export const formatTime = (at: number): string => time().format(at);

/** "1.2 s" */
export const formatSeconds = (milliseconds: number): string => second().format(milliseconds / 1000).replace(/(\d)(\p{L})/u, '$1 $2');

const spans = (['second', 'minute', 'hour'] as const).map((unit) => numbers({style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0}));

/** "40 sec", "3 min", "2 hr": as exactly as anybody can foretell. */
export function formatSpan(duration: number): string {
  const step = duration < 60 ? 0 : duration < 3600 ? 1 : 2;
  return spans[step]?.().format(Math.max(1, Math.ceil(duration / 60 ** step))) ?? '';
}

/** One digit below 10, none above: more would be pretended precision. */
export const formatRate = (rate: number): string => (rate >= 10 ? count().format(Math.round(rate)) : oneDigit().format(rate));

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "640 MB"; a thousand bytes are a kilobyte, as in the file manager of most systems. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(texts.locale, {
    style: 'unit', unit: units[step] ?? 'byte', unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/** The exact amount with its coin. */
export function formatCoins(nano: bigint): string {
  const [whole = '', fraction] = formatAmount(nano).split('.');
  return `${count().format(BigInt(whole))}${fraction === undefined ? '' : `${decimalMark()}${fraction}`} ${texts.coin}`;
}

/** The exact amount as a person would type it. */
export const plainAmount = (nano: bigint): string => formatAmount(nano).replace('.', decimalMark());

/** The same, or "free" at zero. */
export const formatPrice = (nano: bigint): string => (nano === 0n ? texts.details.free : formatCoins(nano));

/** Tokens per second after the first one came, or over the whole time where that is not known; undefined when nothing was timed. */
export function tokensPerSecond({tokens, milliseconds, firstTokenMs}: Pick<Provenance, 'tokens' | 'milliseconds' | 'firstTokenMs'>): number | undefined {
  const writing = firstTokenMs === undefined ? 0 : milliseconds - firstTokenMs;
  if (writing > 0 && tokens > 1) return (tokens - 1) / (writing / 1000);
  return milliseconds > 0 && tokens > 0 ? tokens / (milliseconds / 1000) : undefined;
}
