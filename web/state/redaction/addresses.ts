/** Finds postal addresses as they are written in English, Russian and Spanish: a street with a number, and what stands behind it. */
import {type Detector, matches} from './kinds.ts';

const word = "\\p{Lu}[\\p{L}'’-]{1,30}";
const english = new RegExp(
  `(?<![\\p{L}\\p{N}.,])\\d{1,5}[A-Za-z]?\\s(?:(?:[NSEW]\\.?|North|South|East|West)\\s)?(?:${word}\\s|\\d{1,3}(?:st|nd|rd|th)\\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Terrace|Place|Pl|Way|Close|Crescent)(?![\\p{L}])\\.?` +
    `(?:,?\\s(?:Apt|Apartment|Flat|Unit|Suite|Ste)\\.?\\s?#?\\w{1,6}|,?\\s#\\w{1,6})?(?:,\\s${word}(?:\\s${word}){0,2})?(?:,?\\s[A-Z]{2}(?![\\p{L}]))?(?:,?\\s\\d{5}(?:-\\d{4})?(?![\\p{N}]))?`,
  'gu',
);
const postcode = /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/gu;

const house = '(?:,?\\s?(?:д\\.|дом)?\\s?\\d{1,4}\\s?[а-яА-Я]?(?![\\p{L}\\p{N}]))(?:[,/]?\\s?(?:(?:корп|к|стр|кв|квартира|оф|офис|подъезд|эт)\\.?\\s?)?\\d{1,4}(?![\\p{L}\\p{N}])){0,3}';
const russian = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:\\d{6},?\\s)?(?:(?:г\\.|город)\\s?${word},?\\s)?(?:ул\\.|улиц[аеуы]|пр-т|пр\\.|просп\\.|проспект[ае]?|пер\\.|переул(?:ок|ке)|пл\\.|площад[ьи]|наб\\.|набережн(?:ая|ой)|ш\\.|шоссе|б-р|бульвар[е]?)\\s?(?:\\d{1,2}-(?:я|й|го)\\s)?${word}(?:\\s[\\p{L}-]{2,30}){0,2}${house}`,
  'gu',
);

const particle = '(?:de|del|la|las|los|el|y)';
const spanish = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[Cc]alle|C/|[Aa]venida|[Aa]vda?\\.|[Pp]laza|[Pp]za\\.|[Pp]aseo|P\\.º|[Cc]amino|[Cc]arretera|[Rr]onda|[Tt]raves[ií]a)\\s?(?:${particle}\\s){0,2}${word}(?:\\s(?:${particle}|${word})){0,5},?\\s(?:n\\.?\\s?[º°]\\.?\\s?|n[uú]m\\.?\\s?|#)?\\d{1,4}(?![\\p{L}\\p{N}])` +
    `(?:,?\\s\\d{1,2}\\.?[ºª°]\\.?(?:\\s?[A-Za-z](?![\\p{L}]))?)?(?:,?\\s\\d{5}(?![\\p{N}]))?(?:,?\\s${word}(?:\\s${word})?)?`,
  'gu',
);

export const findAddresses: Detector = (text) => [english, postcode, russian, spanish].flatMap((pattern) => matches(text, {kind: 'address', pattern}));
