/** The one Trusted Types policy of the app, `bombyx`: which script addresses may become a worker or the service worker. */

/** The parts of the Trusted Types API in use; the DOM library of TypeScript does not have them yet. */
interface PolicyFactory {
  createPolicy(name: string, rules: {readonly createScriptURL: (url: string) => string}): {createScriptURL(url: string): URL};
}

interface Place {
  /** Where the page lives. */
  readonly origin: string;
  /** The development server hands out sources from anywhere in this origin. */
  readonly development: boolean;
}

/** Whether a script address may be run: the service worker and built worker files of this origin, nothing else. */
export function isTrustedScript(url: string, {origin, development}: Place): boolean {
  if (!URL.canParse(url, origin)) return false;
  const parsed = new URL(url, origin);
  if (parsed.origin !== origin) return false;
  return development || parsed.pathname === '/sw.js' || /^\/assets\/[\w.-]+\.m?js$/.test(parsed.pathname);
}

type Trust = (url: string) => URL | string;

function makeTrust(): Trust {
  const place: Place = {origin: location.origin, development: import.meta.env.DEV};
  const check = (url: string): string => {
    if (!isTrustedScript(url, place)) throw new TypeError(`not a script of this app: ${url}`);
    return url;
  };
  const factory = (globalThis as {readonly trustedTypes?: PolicyFactory}).trustedTypes;
  if (factory === undefined) return check;
  const policy = factory.createPolicy('bombyx', {createScriptURL: check});
  return (url) => policy.createScriptURL(url);
}

let trust: Trust | undefined;

/**
 * The address as something that `new Worker` and service-worker registration accept under `require-trusted-types-for 'script'`.
 * What comes back is a TrustedScriptURL where the browser knows them; it is typed as what those functions take.
 * @throws TypeError when the address is no script of this app
 */
export function trustedScriptUrl(url: URL | string): URL | string {
  trust ??= makeTrust();
  return trust(String(url));
}
