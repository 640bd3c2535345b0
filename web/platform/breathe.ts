/** Lets the rest of this thread go first, in the midst of long work. */

/** Resolves after what waits now: input, drawing, frames of the network. Unlike a timer it is not slowed down in a hidden tab. */
export function breathe(): Promise<void> {
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
