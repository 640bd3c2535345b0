/** Which path shows which page. */

/** A page of the app. */
export type Route =
  | {readonly page: 'landing'}
  | {readonly page: 'chat'; /** As in the path; undefined for the current conversation. */ readonly conversation: string | undefined}
  | {readonly page: 'tasks'}
  | {readonly page: 'share'; readonly pane: SharePane}
  | {readonly page: 'wallet'}
  | {readonly page: 'more'}
  | {readonly page: 'settings'}
  | {readonly page: 'pair'}
  | {readonly page: 'privacy'}
  | {readonly page: 'network'}
  | {readonly page: 'operator'}
  | {readonly page: 'missing'};

/** A tab of the page for sharing. */
export type SharePane = 'overview' | 'models' | 'jobs' | 'limits';

export type PageName = Route['page'];

const plainPages = new Map<string, Route>([
  ['/', {page: 'landing'}],
  ['/chat', {page: 'chat', conversation: undefined}],
  ['/tasks', {page: 'tasks'}],
  ['/share', {page: 'share', pane: 'overview'}],
  ['/share/models', {page: 'share', pane: 'models'}],
  ['/share/jobs', {page: 'share', pane: 'jobs'}],
  ['/share/limits', {page: 'share', pane: 'limits'}],
  ['/wallet', {page: 'wallet'}],
  ['/more', {page: 'more'}],
  ['/settings', {page: 'settings'}],
  ['/pair', {page: 'pair'}],
  ['/privacy', {page: 'privacy'}],
  ['/network', {page: 'network'}],
  ['/operator', {page: 'operator'}],
]);

/** Every address that is one page. */
export const plainPaths: readonly string[] = [...plainPages.keys()];

/** The page behind a path; a trailing slash does not matter. */
export function routeOf(pathname: string): Route {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  const plain = plainPages.get(path === '' ? '/' : path);
  if (plain !== undefined) return plain;
  const id = /^\/chat\/([\w-]{1,64})$/.exec(path)?.[1];
  return id === undefined ? {page: 'missing'} : {page: 'chat', conversation: id};
}

/** The path of a conversation. */
export const chatPath = (id: string): string => `/chat/${id}`;
