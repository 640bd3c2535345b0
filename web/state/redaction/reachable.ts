/** Finds how somebody can be reached on the net: addresses of mail and machines, links with passwords in them, and tokens. */
import {type Detector, matches} from './kinds.ts';

const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;

/** An ending such as "com" or "рф"; a number is none. */
export const findEmails: Detector = (text) =>
  matches(text, {kind: 'email', pattern: email, rightly: ([whole]) => (/\.\p{L}[\p{L}\p{N}-]{1,62}$/u.test(whole) ? whole.length : 0)});

const link = /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/[^\s<>"'`]{1,2048}/g;
const sayings = /[?&#;](?:[\w-]{0,32}(?:token|secret|passw(?:or)?d|pwd|apikey|api_key|signature|session|auth|code|key)[\w-]{0,32})=[^&#]{4}/i;
const closing = /[.,;:!?)\]}»”]{1,8}$/;

/** A part of a link or a word that nobody made up by hand. */
const isToken = (part: string): boolean => part.length >= 20 && /\d/.test(part) && /[a-z]/i.test(part) && !/^[a-z]{1,24}(?:-[a-z0-9]{1,24}){2,40}$/.test(part);

function linkLength([whole]: RegExpExecArray): number {
  const trimmed = whole.replace(closing, '');
  const rest = trimmed.slice(trimmed.indexOf('://') + 3);
  const host = rest.split(/[/?#]/, 1)[0] ?? '';
  const tells = host.includes('@') || sayings.test(rest) || rest.split(/[/?#&=;]/).some(isToken);
  return tells ? trimmed.length : 0;
}
export const findLinks: Detector = (text) => matches(text, {kind: 'link', pattern: link, rightly: linkLength});

/** Keys of well-known services, signed tokens, private keys. */
const secret = /(?<![\w-])(?:(?:sk|pk|rk|hf|npm|glpat|xox[abprs]|gh[opsu]|github_pat)[_-][\w-]{16,512}|(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|AIza[\w-]{30,64}|eyJ[\w-]{10,1024}\.[\w-]{10,2048}(?:\.[\w-]{1,1024})?)/g;
export const findSecrets: Detector = (text) => matches(text, {kind: 'secret', pattern: secret, rightly: ([whole]) => (/\d/.test(whole) ? whole.length : 0)});

const ip4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const ip6 = /(?<![\w:.])[0-9A-Fa-f:]{6,39}(?![\w:])/g;
/** This very machine, and nobody's: no personal details. */
const common = /^(?:0\.0\.0\.0|127\.|255\.255\.)/;

const isIp4 = (whole: string): boolean => whole.split('.').every((part) => Number(part) <= 255) && !common.test(whole);

function isIp6(whole: string): boolean {
  const halves = whole.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  return groups.every((group) => group.length >= 1 && group.length <= 4) && (halves.length === 2 ? groups.length < 8 && (groups.length > 2 || /[a-f]/i.test(whole)) : groups.length === 8);
}

export const findIps: Detector = (text) => [
  ...matches(text, {kind: 'ip', pattern: ip4, rightly: ([whole]) => (isIp4(whole) ? whole.length : 0)}),
  ...matches(text, {kind: 'ip', pattern: ip6, rightly: ([whole]) => (isIp6(whole) ? whole.length : 0)}),
];
