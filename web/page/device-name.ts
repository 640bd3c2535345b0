/** What a browser makes of itself in a few words, as a first name for a device; a person can change it. */

/** The first that fits counts: most browsers claim to be others too. */
const browsers: readonly (readonly [RegExp, string])[] = [[/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(?:Firefox|FxiOS)\//, 'Firefox'], [/\b(?:Chrome|Chromium|CriOS)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const systems: readonly (readonly [RegExp, string])[] = [[/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bCrOS\b/, 'ChromeOS'], [/\bMacintosh\b/, 'Mac'], [/\bLinux\b/, 'Linux']];

const first = (table: typeof browsers, userAgent: string): string | undefined => table.find(([pattern]) => pattern.test(userAgent))?.[1];

/** Such as "Firefox, Windows". */
export function deviceName(userAgent: string): string {
  const known = userAgent.slice(0, 1024);
  return [first(browsers, known), first(systems, known)].filter((word) => word !== undefined).join(', ') || 'Browser';
}
