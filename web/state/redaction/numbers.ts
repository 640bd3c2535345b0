/** Finds numbers that belong to somebody: payment cards, bank accounts, telephones, days of birth. */
import {cued, type Detector, type Found, matches} from './kinds.ts';

const card = /(?<![\p{L}\p{N}.,-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}]|[ -]\d)/gu;

/** The checksum of ISO/IEC 7812. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Cards begin with 2 to 6; that spares most other long numbers. */
export const findCards: Detector = (text) =>
  matches(text, {kind: 'card', pattern: card, rightly: ([whole]) => (/^[2-6]/.test(whole) && isLuhn(digitsOf(whole)) ? whole.length : 0)});

const iban = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)(?![\p{L}\p{N}])/gu;

/** ISO 13616: the remainder of 97 is 1. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const symbol of plain.slice(4) + plain.slice(0, 4)) for (const digit of String(Number.parseInt(symbol, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** Words in capitals may stand behind it: the longest part that checks out counts. */
function ibanLength([whole]: RegExpExecArray): number {
  for (let part = whole; part.length >= 15; part = part.slice(0, Math.max(0, part.lastIndexOf(' ')))) if (isIban(part)) return part.length;
  return 0;
}
export const findIbans: Detector = (text) => matches(text, {kind: 'iban', pattern: iban, rightly: ibanLength});

const phone = /(?<![\p{L}\p{N}+.,/-])(?<!\d )(?:\+\s?)?(?:\(\d{1,4}\)|\d)(?:[ ().‑–-]{0,2}\d){5,14}(?![\p{L}\p{N}]|[ .,-]\d)/gu;
const phoneCue = /(?:phone|mobile|cell|call(?:\s+me)?(?:\s+(?:at|on))?|text\s+me|whats\s?app|telegram|tel|fax|тел(?:ефон\p{L}{0,3})?|моб(?:ильн\p{L}{1,4})?|звоните|позвони\p{L}{0,3}|номер|вайбер|ватсап|tel[eé]fono|m[oó]vil|ll[aá]m\p{L}{1,5}|celular|n[uú]mero)[\s.:№#(—–-]{0,6}(?:(?:is|is:|at|on|мой|es|al|по)\s{1,2})?$/iu;
/** As numbers are grouped where people write them without their country: Russia, North America, Spain. */
const grouped = /^(?:8[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|[679]\d{2} \d{3} \d{3}|[679]\d{2} \d{2} \d{2} \d{2}|0\d{2,4}[ -/]\d{3,4}[ -]?\d{3,4})$/;
const isDate = /^\d{4}[-. ]\d{1,2}[-. ]\d{1,2}|^\d{1,2}[-.]\d{1,2}[-.]\d{2,4}$/;

function phoneLength(text: string, match: RegExpExecArray): number {
  const [whole] = match;
  const digits = digitsOf(whole).length;
  if (digits > 15 || isDate.test(whole)) return 0;
  if ((whole.startsWith('+') || /^00[1-9]/.test(whole)) && digits >= 8) return whole.length;
  if (grouped.test(whole)) return whole.length;
  return phoneCue.test(text.slice(Math.max(0, match.index - 40), match.index)) ? whole.length : 0;
}
export const findPhones: Detector = (text) => matches(text, {kind: 'phone', pattern: phone, rightly: (match) => phoneLength(text, match)});

const months = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)';
const date = `(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}|\\d{1,2}(?:st|nd|rd|th|-го)?\\s(?:of\\s|de\\s)?${months},?\\s(?:de\\s|del\\s)?\\d{4}|${months}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})`;
const birthCue = '(?:born(?:\\son)?|date\\sof\\sbirth|birth\\s?date|birthday|d\\.?o\\.?b\\.?|родил(?:ся|ась|ись)|дата\\sрождения|день\\sрождения|д\\.\\s?р\\.|naci[óo]|nac[íi](?:d[oa])?|fecha\\sde\\snacimiento|cumplea[ñn]os)';
const birth = new RegExp(`(?<![\\p{L}\\p{N}])${birthCue}[\\s:—–-]{0,4}(?:(?:is|was|on|the|el|es|em|в|—)\\s{1,2}){0,3}(?<it>${date})`, 'giu');
const dateThenCue = new RegExp(`(?<![\\p{N}])${date}(?=\\s{0,2}(?:г\\.?\\s?р\\.?|года?\\sрождения))`, 'giu');

export const findBirths: Detector = (text): Found[] => [...cued(text, {kind: 'birth', pattern: birth}), ...matches(text, {kind: 'birth', pattern: dateThenCue})];
