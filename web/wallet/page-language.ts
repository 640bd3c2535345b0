/** The language of the page that frames this document, at this moment: a person may change it while the document lives. Both are of one origin. */

const languages = ['en', 'ru', 'es'] as const;
export type PageLanguage = (typeof languages)[number];

/** Where nobody frames it, the browser's. */
export function pageLanguage(): PageLanguage {
  const asked = parent === window ? navigator.languages : [parent.document.documentElement.lang];
  return asked.map((tag) => tag.slice(0, 2)).flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'en';
}
