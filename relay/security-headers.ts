/** The headers that make the app hard to turn against its user, on every answer. */

/** Where real models come from, after a person's click: weights, and WebLLM's compiled libraries. The demo model needs neither. */
const modelHosts = ['https://huggingface.co', 'https://*.huggingface.co', 'https://*.hf.co', 'https://*.xethub.hf.co', 'https://raw.githubusercontent.com'];

/** Where a page links to a relay, and asks it things. */
const addressesOf = (relay: string): readonly string[] => [relay, relay.replace(/^http/, 'ws')];

/** The policy for pages that are served under `host` (with its port), which may link to other `relays` too; `scripts` are inline ones, by hash. */
export const contentSecurityPolicy = (host: string, {relays = [], scripts = []}: {relays?: readonly string[]; scripts?: readonly string[]} = {}): string =>
  [
    "default-src 'none'",
    // WebAssembly is compiled by the engines in the worker.
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    // Files that a person picked, to take frames out of them.
    'media-src blob:',
    "font-src 'self'",
    // 'self' does not cover ws: in every browser.
    // data: is no host; WebLLM reads an image of a job by such an address.
    `connect-src ${["'self' data:", `ws://${host} wss://${host}`, ...relays.flatMap(addressesOf), ...modelHosts].join(' ')}`,
    "worker-src 'self'",
    // The wallet's document, which has a policy of its own.
    "frame-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html bombyx',
  ].join('; ');

/** For documents alone: each names the hash of every script that it loads, and a script without one does not run. Workers have no such list, so their answers must not ask for it. */
export const integrityPolicy: Readonly<Record<string, string>> = {'integrity-policy': 'blocked-destinations=(script)'};

/** All headers of an answer under `policy`. */
export const securityHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()',
});
