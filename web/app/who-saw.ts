/** Who could see what of one answer, by how it came to be. The facts are those of docs/threats.md. Pure. */
import {shortId} from '#protocol/ids.ts';
import type {Level, Provenance} from '../state/views.ts';
import {detailsTexts} from './details-texts.ts';
import {formatCoins} from './figures.ts';
import {hostOf} from './host-of.ts';

/** One party, and what it could see. */
export interface Seer {
  readonly who: string;
  readonly text: string;
  readonly address: string;
  readonly asked: string;
  readonly amount: string;
}

const words = detailsTexts.who;

export function whoSaw(provenance: Provenance): readonly Seer[] {
  const {nodes, route, price} = provenance;
  const you = {who: words.you, text: words.kept, address: words.yes, asked: words.yes, amount: words.yes};
  // Nothing of it left this browser.
  if (route === 'here') return [you];
  return [
    you,
    ...nodes.map((_node, index) => computer(provenance, index)),
    ...relays(provenance),
    ...(route === 'turn' ? [{who: words.turn, text: words.turnText, address: words.turnAddress, asked: words.turnAsked, amount: words.no}] : []),
    {who: words.provider, text: words.no, address: words.yes, asked: {relayed: words.providerRelay, turn: words.providerTurn, direct: words.providerDirect}[route], amount: words.no},
    ...(price > 0n ? [{who: words.chain, text: words.no, address: words.no, asked: words.no, amount: words.chainAmount}] : []),
  ];
}

/** A computer that worked on it; the last one of several ended it, the others were lost. */
function computer(provenance: Provenance, index: number): Seer {
  const {nodes, level, price} = provenance;
  const isLast = index === nodes.length - 1;
  const short = shortId(nodes[index] ?? '');
  const byLevel: Readonly<Record<Exclude<Level, 'device'>, Pick<Seer, 'who' | 'text' | 'asked'>>> = {
    network: {who: words.computer(short), text: words.must, asked: words.notWho},
    mine: {who: words.device(short), text: words.mustMine, asked: words.fromDevice},
  };
  const {who, text, asked} = byLevel[level === 'mine' ? 'mine' : 'network'];
  return {
    who: nodes.length === 1 ? who : words.oneOf(who, index + 1, nodes.length),
    text: isLast ? text : words.untilLost,
    address: addressFor(provenance, isLast),
    asked,
    amount: price === 0n ? words.gratis : words.amount(formatCoins(price)),
  };
}

/** Whether a computer saw the asker's address. Of those that were lost it is not kept which way led to them. */
function addressFor({level, route}: Provenance, isLast: boolean): string {
  if (route === 'direct' && isLast) return words.direct;
  if (level === 'mine' && !isLast) return words.maybeDirect;
  return route === 'turn' ? words.behindTurn : words.behindRelay;
}

function relays(provenance: Provenance): readonly Seer[] {
  const {nodes, route} = provenance;
  const text = route === 'direct' ? words.past : words.sealed;
  const asked = nodes.length === 0 ? words.relayLooked : route === 'direct' ? words.relayMet : words.relayAsked;
  const amount = route === 'direct' || nodes.length === 0 ? words.no : relayAmount(provenance);
  // Answers of the time before there were several relays came through ours; and paired devices find each other there.
  const named = new Set(provenance.relays?.length ? provenance.relays : ['']);
  return [...named].map((relay) => ({who: relay === '' ? words.relayOwn : words.relayAt(hostOf(relay)), text, address: words.yes, asked, amount}));
}

function relayAmount({price, payment, receipt}: Provenance): string {
  if (price === 0n && (payment === undefined || receipt !== 'none')) return words.relayGratis;
  return payment === 'channel' ? words.relayChannel : payment === 'trial' ? words.relayTrial : words.relayPaid;
}
