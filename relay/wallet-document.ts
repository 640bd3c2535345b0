/** What the wallet's document needs of the relay: a policy of its own, and the manifest by which wallets know the app. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';

/** The document that runs TON Connect, in a frame of the app; it never sees a prompt. */
export const walletPath = '/wallet.html';
export const manifestPath = '/tonconnect-manifest.json';
const iconPath = '/icons/icon-192.png';

/** What wallets load from wherever they are. */
export const isForWallets = (path: string): boolean => path === manifestPath || path === iconPath;

/** As wallets read it: `url` without a slash at its end. */
export const walletManifest = (origin: string) => ({url: origin, name: 'Bombyx', iconUrl: `${origin}${iconPath}`});

/** TON Connect's list of wallets, as much of it as matters here. */
const listSchema = v.array(v.object({bridge: v.array(v.object({type: v.string(), url: v.optional(v.string())}))}));
/** An origin with nothing in it that means more in a policy: no wildcard, no second source. */
const plainOrigin = /^https:\/\/[a-z0-9.-]+(:\d+)?$/;

/**
 * Origins of the bridges through which the wallets in the app's list are reached; none without a list.
 * @throws Error when the list can't be read
 */
export async function readBridges(dist: string): Promise<readonly string[]> {
  const path = join(dist, 'wallets.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  try {
    const urls = v.parse(listSchema, JSON.parse(text)).flatMap(({bridge}) => bridge.flatMap(({url}) => (url !== undefined && URL.canParse(url) ? [new URL(url).origin] : [])));
    return [...new Set(urls.filter((origin) => plainOrigin.test(origin)))];
  } catch (error) {
    throw new Error(`The relay did not start: ${path} is not a list of wallets. Run \`npm run build\` and start again.`, {cause: error});
  }
}

/** Of nothing: TON Connect gives its page an empty handler of touches, and no other inline script has this hash. */
const emptyScript = "'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

interface WalletReach {
  readonly bridges: readonly string[];
  /** Root of the chain's interface; undefined where it is this relay's. */
  readonly endpoint: string | undefined;
  /** Inline scripts, by hash. */
  readonly scripts: readonly string[];
}

/** TON Connect's dialog writes styles inline and knows no Trusted Types; it may speak to the bridges of listed wallets and to the chain, and to nobody else. */
export const walletPolicy = ({bridges, endpoint, scripts}: WalletReach): string =>
  [
    "default-src 'none'",
    ['script-src', "'self'", emptyScript, ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...bridges, ...(endpoint === undefined ? [] : [new URL(endpoint).origin])].join(' '),
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
