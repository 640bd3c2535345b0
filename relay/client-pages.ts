/** Pages of other people's sites that may ask from here: what they may read, and nothing else opens for them. */
import type {IncomingMessage} from 'node:http';

/** What a client reads before it asks. */
const readable: ReadonlySet<string> = new Set(['/models.json', '/api/relay']);

/** Whether a request comes from a page that the operator lets ask. */
export const isClientPage = ({headers: {origin}}: IncomingMessage, origins: readonly string[]): boolean => origin !== undefined && origins.includes(origin);

/** Whether such a page may read the answer at this path. */
export const isForClientPages = (request: IncomingMessage, {path, origins}: {path: string; origins: readonly string[]}): boolean =>
  readable.has(path) && request.method === 'GET' && isClientPage(request, origins);

/** Headers over our own, at the paths that some pages may read: for such a page and for no other. */
export function clientPageHeaders(request: IncomingMessage, {path, origins}: {path: string; origins: readonly string[]}): Readonly<Record<string, string>> {
  if (origins.length === 0 || !readable.has(path)) return {};
  const open = isForClientPages(request, {path, origins}) ? {'access-control-allow-origin': request.headers.origin ?? '', 'cross-origin-resource-policy': 'cross-origin'} : {};
  // Whoever keeps an answer for one origin must not give it to another.
  return {...open, vary: 'origin'};
}
