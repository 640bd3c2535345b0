/** A question that came in an address, `/chat?q=...`, or from the Share menu of the system: written into the message box, never sent by itself. */
import {routeOf} from './routes.ts';

/** As much as fits into an address in every browser. */
const mostCharacters = 16_000;

/** What an address asks to be written; undefined where it asks for nothing. `title`, `q` and `url` are what the Share menu gives. */
export function linkedQuestion({pathname, search}: Pick<URL, 'pathname' | 'search'>): string | undefined {
  if (routeOf(pathname).page !== 'chat') return undefined;
  const asked = new URLSearchParams(search);
  const parts = ['title', 'q', 'url'].map((name) => asked.get(name)?.trim() ?? '').filter((part) => part !== '');
  // Some systems put the address into the text too.
  const text = parts.filter((part, index) => !parts.some((other, place) => place !== index && other.includes(part) && (other !== part || place < index))).join('\n\n');
  return text === '' ? undefined : text.slice(0, mostCharacters);
}
