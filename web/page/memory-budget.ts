/** How much GPU memory a tab may take before the system kills it without a word. Phones only: trying it out is what gets a tab killed. */

const megabyte = 1_000_000;
/** What webgpu-bench found when it tried until tabs were killed. */
const budgets = {iphone: 700 * megabyte, ipad: 1500 * megabyte, android: 1500 * megabyte} as const;

/** Bytes; undefined where no such bound is known. */
export function memoryBudget({userAgent, maxTouchPoints}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): number | undefined {
  if (/iphone|ipod/i.test(userAgent)) return budgets.iphone;
  // An iPad calls itself a Mac; no Mac has a touch screen.
  if (/ipad/i.test(userAgent) || (/macintosh/i.test(userAgent) && maxTouchPoints > 1)) return budgets.ipad;
  return /android/i.test(userAgent) ? budgets.android : undefined;
}
