/** What is known of a relay, as plain facts. */
import {shortId} from '#protocol/ids.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import type {RelayLinkState, RelayView, SharingState} from '../state/relay-views.ts';
import {formatPermille, formatTime} from './figures.ts';
import {hostOf} from './host-of.ts';
import {relayTexts} from './relay-texts.ts';
import {texts} from './texts.ts';

const words = relayTexts;

export interface RelayFact {
  readonly term: string;
  readonly text: string;
  /** Where a click leads, for an address of a page or of a mailbox. */
  readonly href?: string;
}

export const nameOf = ({address, record}: Pick<RelayView, 'address' | 'record'>): string => record?.name ?? (address === '' ? words.own : hostOf(address));

/** How the link to it is, in words. */
export function stateText(link: RelayLinkState): string {
  if (link.is !== 'lost') return words.states[link.is];
  if (link.code === 'banned') return words.banned;
  if (link.code === 'relay-changed') return words.changed;
  return link.code === 'bad-relay' ? words.badRecord : words.lost(formatTime(link.since));
}

export function sharingText(sharing: SharingState): string {
  if (sharing.is === 'lost') return words.lost(formatTime(sharing.since));
  return sharing.is === 'left' ? words.sharingLeft(texts.errors[sharing.code]) : words.sharingStates[sharing.is];
}

/** Only what is plainly an address leads anywhere: it comes from a stranger. */
function contactOf({contact}: RelayRecord): RelayFact {
  const term = words.contact;
  if (contact === '') return {term, text: words.noContact};
  if (/^https?:\/\/[!-~]+$/.test(contact)) return {term, text: contact, href: contact};
  return /^[\w.+-]+@[\w.-]+$/.test(contact) ? {term, text: contact, href: `mailto:${contact}`} : {term, text: contact};
}

/** What a relay says of itself. */
export function recordFacts(record: RelayRecord): readonly RelayFact[] {
  const {name, address, feePermille, freeAnswers, linksPerAddress, jobsPerLink, waitSeconds} = record;
  return [
    {term: words.operator, text: name},
    ...(address === '' ? [] : [{term: words.address, text: address}]),
    contactOf(record),
    {term: words.fee, text: feePermille === 0 ? words.noFee : formatPermille(feePermille)},
    ...(freeAnswers === 0 ? [] : [{term: words.freeAnswers, text: words.answers(freeAnswers)}]),
    {term: words.limits, text: words.limitTexts({links: linksPerAddress, jobs: jobsPerLink, seconds: waitSeconds})},
    {term: words.key, text: shortId(record.relay)},
  ];
}
