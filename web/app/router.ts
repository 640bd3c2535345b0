/** The History API as a watched value: where the person is, and how to go elsewhere without loading the page again. */
import {store, type Readable} from '../state/store.ts';
import {routeOf, type Route} from './routes.ts';

const current = store<Route>(routeOf(location.pathname));

/** The page that the address shows. */
export const route: Readable<Route> = current;

const follow = (): void => current.set(routeOf(location.pathname));

/** Goes to a path of this app; `replace` leaves no step to go back to. */
export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (path === location.pathname) return;
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  follow();
}

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (link === undefined || link.target !== '' || link.hasAttribute('download')) return undefined;
  return link.origin === location.origin && routeOf(link.pathname).page !== 'missing' ? link : undefined;
}

/** Turns plain clicks on links of this app, and the back button, into route changes until the signal aborts. */
export function listen(root: HTMLElement, signal: AbortSignal): void {
  addEventListener('popstate', follow, {signal});
  root.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === undefined) return;
    if (link.hash !== '' && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname);
  }, {signal});
}
