/** Tells the other tabs of this browser that paired devices have changed: the node that they may ask runs in one of them. */

/** @param onChange another tab has changed them */
export function pairedTabs(onChange: () => void): () => void {
  const channel = new BroadcastChannel('bombyx-paired');
  channel.addEventListener('message', onChange);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  return () => channel.postMessage('changed');
}
