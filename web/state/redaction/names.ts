/** Finds names of people where something says that one follows: "my name is", "меня зовут", "me llamo", a title, a greeting, a signature. */
import {cued, type Detector} from './kinds.ts';

const part = "(?:\\p{Lu}[\\p{L}'’-]{1,30}|\\p{Lu}\\.)";
const between = '(?:(?:de|del|de la|van|von|da|di|bin|al)[ ])?';
/** One to four words, each with a capital. */
const name = `(?:${part}(?:[ ]?${between}(?<=[ .])${part}){0,3})`;
/** Two to four. */
const fullName = `(?:${part}(?:[ ]${between}${part}){1,3})`;
const before = '(?<![\\p{L}\\p{N}])';
const after = "(?![\\p{L}\\p{N}])";

/** What is said of oneself: then even a name without a capital is one. */
const strong = "[Mm]y[ ]name(?:[ ]is|['’]s)|[Мм]еня[ ]зовут|[Мм]о[её][ ]имя|[Мм]оя[ ]фамилия|[Mm]e[ ]llamo|[Mm]i[ ](?:nombre|apellido)[ ]es";
const ofOneself = new RegExp(`${before}(?:${strong})[ ]{1,2}[:—–-]?[ ]?(?<it>${name})${after}`, 'gu');
const small = new RegExp(`${before}(?:${strong})[ ]{1,2}(?<it>\\p{Ll}[\\p{L}'’-]{2,20})${after}`, 'gu');
/** Weaker: many things follow these, so it takes two words. */
const weak = new RegExp(`${before}(?:I[ ]am|I['’]m|[Ss]oy)[ ](?<it>${fullName})${after}`, 'gu');
const called = new RegExp(`${before}(?:[Cc]all[ ]me|her[ ]name[ ]is|his[ ]name[ ]is|named|зовут|зовите[ ]меня|по[ ]имени|se[ ]llama|llamad[oa]|su[ ]nombre[ ]es)[ ](?<it>${name})${after}`, 'gu');
const titled = new RegExp(`${before}(?:Mr\\.?|Mrs\\.?|Ms\\.?|Miss|Mx\\.|Dr\\.?|Prof\\.?|г-н[ау]?|г-ж[аеу]|господин(?:а|у|ом)?|госпож[аеу]|госпожой|Господин|Госпожа|Sr\\.|Sra\\.|Srta\\.|Don|Doña|señora?|señorita)[ ](?<it>${name})${after}`, 'gu');
const greeted = new RegExp(`${before}(?:Dear|Уважаем(?:ый|ая)|Дорог(?:ой|ая)|Estimad[oa]|Querid[oa])[ ](?<it>${name})${after}`, 'gu');
const signed = new RegExp(`${before}(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Bb]est(?:[ ]wishes)?|[Tt]hanks|[Ss]igned|[Yy]ours(?:[ ](?:truly|faithfully))?|[Сс][ ]уважением|[Сс]пасибо|[Cc]искренне|[Ии]скренне[ ][Вв]аш[а]?|[Aa]tentamente|[Ss]aludos|[Uu]n[ ]saludo|[Gg]racias|[Cc]ordialmente)[,.!]?\\s{1,4}(?<it>${name})(?=[ ]{0,4}(?:[\\n\\r,.]|$))`, 'gu');
const labelled = new RegExp(`${before}(?:[Nn]ame|[Ff]ull[ ]name|[Ss]urname|[Pp]atient|[Cc]lient|ФИО|Ф\\.И\\.О\\.|[Ии]мя|[Фф]амилия|[Пп]ациент(?:ка)?|[Кк]лиент|[Nn]ombre(?:[ ]completo)?|[Aa]pellidos?|[Pp]aciente)[ ]?[:—=][ ]{0,2}(?<it>${name})${after}`, 'gu');

/** Words that follow the same cues and are nobody. */
const nobody = new Set(
  ('sir madam all team everyone customer colleagues friends friend diary santa god mom dad reader hiring manager support the and you what not a an on in my so it this that here called just secret ' +
    'коллеги друзья друг клиент читатель все команда господа так не как что это мама папа бог ' +
    'señor señora señores equipo cliente amigo amiga todos lector como cómo no el la que dios').split(' '),
);
const isSomebody = (it: string): boolean => !nobody.has(it.split(/[ .]/, 1)[0]?.toLowerCase() ?? '');

export const findNames: Detector = (text) =>
  [ofOneself, small, weak, called, titled, greeted, signed, labelled].flatMap((pattern) => cued(text, {kind: 'name', pattern, isRight: isSomebody}));

/** The words of a name that stand for its bearer alone too. */
export const partsOf = (whole: string): readonly string[] => whole.split(/[ .]/).filter((each) => each.length >= 3 && /^\p{Lu}/u.test(each) && !nobody.has(each.toLowerCase()));
