/** The parts of a browser that habits of who shares need: notices, the number on the icon, the screen; each undefined where it is missing. */
import type {HabitPorts, NoticeKind} from '../state/habits.ts';

/** What the notices say; the words are the app's. */
export type NoticeWords = (kind: NoticeKind) => {readonly title: string; readonly body: string};

const icon = '/icons/icon-192.png';

/** Tabs of one browser have one notice of a kind, not many. */
async function show(kind: NoticeKind, words: NoticeWords): Promise<unknown> {
  const {title, body} = words(kind);
  const options = {body, icon, tag: `bombyx-${kind}`};
  // Phones show those of a service worker only.
  const registration = await navigator.serviceWorker?.getRegistration();
  return registration ? registration.showNotification(title, options) : new Notification(title, options);
}

export function habitPorts(words: NoticeWords): HabitPorts {
  const channel = new BroadcastChannel('bombyx-habits');
  return {
    notices: 'Notification' in globalThis
      ? {
          allow: async () => (await Notification.requestPermission()) === 'granted',
          allowed: () => Notification.permission === 'granted',
          inView: () => document.visibilityState === 'visible' && document.hasFocus(),
          show: (kind) => void show(kind, words).catch(() => {}),
        }
      : undefined,
    badge: 'setAppBadge' in navigator ? {set: (jobs) => navigator.setAppBadge(jobs), clear: () => navigator.clearAppBadge()} : undefined,
    screen: 'wakeLock' in navigator
      ? {
          hold: async () => {
            const lock = await navigator.wakeLock.request('screen');
            return () => void lock.release();
          },
          onShown: (listener) => document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener()),
        }
      : undefined,
    tabs: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
      tell: () => channel.postMessage('changed'),
      hear: (listener) => channel.addEventListener('message', listener),
    },
  };
}
