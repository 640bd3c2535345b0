/** What the details of an answer say, as plain facts: the same on the screen and in the copied report. */
import {shortId} from '#protocol/ids.ts';
import type {Provenance, Turn} from '../state/views.ts';
import {detailsTexts} from './details-texts.ts';
import {formatCoins, formatMoment, formatPrice, formatRate, formatSeconds, tokensPerSecond} from './figures.ts';
import {levelName} from './level-looks.ts';
import {hostOf} from './host-of.ts';
import {texts} from './texts.ts';

export interface Fact {
  readonly term: string;
  readonly text: string;
  /** Keys or hashes at full length. */
  readonly whole?: readonly string[];
}

const words = texts.details;

/** Who could read an answer, in words. */
function readers({level, nodes}: Provenance): string {
  if (level === 'device') return words.deviceReaders;
  if (nodes.length === 0) return words.nobodyReaders;
  return level === 'mine' ? words.mineReaders(nodes.length) : words.networkReaders(nodes.length);
}

function length(provenance: Provenance): string {
  const rate = tokensPerSecond(provenance);
  const tokens = words.tokens(provenance.tokens);
  return rate === undefined ? tokens : `${tokens}, ${words.perSecond(formatRate(rate))}`;
}

function time({firstTokenMs, milliseconds}: Provenance): string {
  return words.times(formatSeconds(milliseconds), firstTokenMs === undefined ? undefined : formatSeconds(firstTokenMs));
}

/** What it cost and who paid; a cut answer has no receipt to say it. */
function priceText({price, payment, receipt}: Provenance): string {
  if (price === 0n && payment !== undefined && receipt === 'none') return detailsTexts.priceUnknown;
  return price === 0n || payment === undefined ? formatPrice(price) : `${formatCoins(price)}, ${detailsTexts.paid[payment]}`;
}

/** Through which relays it came, in order. */
function throughRelays({relays = []}: Provenance): Fact[] {
  return relays.length === 0 ? [] : [{term: words.through, text: relays.map((relay) => (relay === '' ? words.ownRelay : hostOf(relay))).join(' → ')}];
}

function provenanceFacts(provenance: Provenance): Fact[] {
  const {nodes} = provenance;
  return [
    {term: words.readers, text: readers(provenance)},
    {term: texts.chat.level, text: levelName(provenance.level)},
    {term: words.model, text: provenance.model},
    {term: words.hash, text: shortId(provenance.modelHash), whole: [provenance.modelHash]},
    {term: words.computers(nodes.length), text: nodes.length === 0 ? words.noComputer : nodes.map(shortId).join(' → '), whole: nodes},
    {term: words.route, text: words.routes[provenance.route]},
    ...throughRelays(provenance),
    {term: words.receipt, text: texts.receipt.long[provenance.receipt]},
    {term: words.price, text: priceText(provenance)},
    {term: words.time, text: time(provenance)},
    {term: words.length, text: length(provenance)},
  ];
}

/** Everything known of how an answer came to be. */
export function factsOf(turn: Turn): Fact[] {
  const facts = turn.provenance === undefined ? [] : [...provenanceFacts(turn.provenance), {term: detailsTexts.asked, text: formatMoment(turn.at)}];
  return turn.error === undefined ? facts : [...facts, {term: words.code, text: turn.error}];
}

/** A text to send to someone who looks into a problem; it holds nothing of the conversation. */
export const reportOf = (turn: Turn): string =>
  [`Bombyx · ${new Date(turn.at).toISOString()} · ${turn.status}`, ...factsOf(turn).map(({term, text, whole}) => `${term}: ${text}${whole === undefined || whole.length === 0 ? '' : ` (${whole.join(', ')})`}`)].join('\n');
