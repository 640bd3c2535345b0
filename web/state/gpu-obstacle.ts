/** Why a browser can't use this device's GPU: by browser, its version and the system, because the fix is another one for each. */

/** What the browser showed when it was asked for the GPU. */
export type GpuSymptom = 'no-api' | 'no-adapter' | 'refused';

/** Every reason; a language has a text and a fix for each. */
export type GpuObstacle =
  | 'chrome-update' | 'chrome-linux-update' | 'chrome-off' | 'edge-update' | 'edge-off'
  | 'android-update' | 'android-off' | 'android-app'
  | 'firefox-windows-update' | 'firefox-mac-update' | 'firefox-off' | 'firefox-linux' | 'firefox-android'
  | 'safari-update' | 'safari-off' | 'ios-update' | 'ios-off'
  | 'unknown-browser'
  | 'chrome-adapter' | 'edge-adapter' | 'linux-adapter' | 'android-adapter' | 'firefox-adapter' | 'safari-adapter' | 'ios-adapter' | 'unknown-adapter'
  | 'refused' | 'check-failed';

/** What a browser tells of itself; an iPad calls itself a Mac, and only its touch screen gives it away. */
export type Browser = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

/** The first versions that have WebGPU without any switch. */
const first = {chrome: 113, chromeLinux: 144, chromeAndroid: 121, firefoxWindows: 141, firefoxMac: 147, safari: 26} as const;

type System = 'windows' | 'mac' | 'linux' | 'android' | 'ios' | 'other';
type Family = 'chrome' | 'edge' | 'firefox' | 'safari' | 'other';

export function gpuObstacle(symptom: GpuSymptom, browser: Browser): GpuObstacle {
  if (symptom === 'refused') return 'refused';
  const {userAgent} = browser;
  const [system, family] = [systemOf(browser), familyOf(userAgent)];
  if (symptom === 'no-adapter') return noAdapter(system, family);
  // On these systems the system counts more than the name on the browser: on iOS all of them are Safari inside.
  if (system === 'ios') return isOlder(userAgent, /version\/(\d+)/i, first.safari) ? 'ios-update' : 'ios-off';
  if (family === 'firefox') return firefoxWithout(system, userAgent);
  if (system === 'android') return androidWithout(family, userAgent);
  if (family === 'safari') return isOlder(userAgent, /version\/(\d+)/i, first.safari) ? 'safari-update' : 'safari-off';
  return chromiumWithout(system, {family, userAgent});
}

function systemOf({userAgent, maxTouchPoints}: Browser): System {
  if (/iphone|ipod|ipad/i.test(userAgent) || (/macintosh/i.test(userAgent) && maxTouchPoints > 1)) return 'ios';
  if (/android/i.test(userAgent)) return 'android';
  if (/windows/i.test(userAgent)) return 'windows';
  if (/macintosh/i.test(userAgent)) return 'mac';
  return /linux/i.test(userAgent) ? 'linux' : 'other';
}

function familyOf(userAgent: string): Family {
  if (/firefox|fxios/i.test(userAgent)) return 'firefox';
  if (/\bedg(e|a|ios)?\//i.test(userAgent)) return 'edge';
  if (/chrom(e|ium)\//i.test(userAgent)) return 'chrome';
  return /safari/i.test(userAgent) ? 'safari' : 'other';
}

/** A version that is not told counts as an old one. */
const isOlder = (userAgent: string, version: RegExp, needed: number): boolean => Number(version.exec(userAgent)?.[1] ?? 0) < needed;

function noAdapter(system: System, family: Family): GpuObstacle {
  if (system === 'ios') return 'ios-adapter';
  if (system === 'android') return 'android-adapter';
  if (family === 'firefox') return 'firefox-adapter';
  if (family === 'safari') return 'safari-adapter';
  if (family === 'other') return 'unknown-adapter';
  if (system === 'linux') return 'linux-adapter';
  return family === 'edge' ? 'edge-adapter' : 'chrome-adapter';
}

function firefoxWithout(system: System, userAgent: string): GpuObstacle {
  if (system === 'android') return 'firefox-android';
  if (system === 'windows') return isOlder(userAgent, /firefox\/(\d+)/i, first.firefoxWindows) ? 'firefox-windows-update' : 'firefox-off';
  if (system === 'mac') return isOlder(userAgent, /firefox\/(\d+)/i, first.firefoxMac) ? 'firefox-mac-update' : 'firefox-off';
  return 'firefox-linux';
}

function androidWithout(family: Family, userAgent: string): GpuObstacle {
  // Apps that show pages inside themselves.
  if (/;\s*wv\)/i.test(userAgent)) return 'android-app';
  if (family === 'other' || family === 'safari') return 'unknown-browser';
  return isOlder(userAgent, /chrom(?:e|ium)\/(\d+)/i, first.chromeAndroid) ? 'android-update' : 'android-off';
}

function chromiumWithout(system: System, {family, userAgent}: {family: Family; userAgent: string}): GpuObstacle {
  if (family === 'other') return 'unknown-browser';
  const isOld = isOlder(userAgent, /chrom(?:e|ium)\/(\d+)/i, system === 'linux' ? first.chromeLinux : first.chrome);
  if (isOld && system === 'linux') return 'chrome-linux-update';
  if (family === 'edge') return isOld ? 'edge-update' : 'edge-off';
  return isOld ? 'chrome-update' : 'chrome-off';
}
