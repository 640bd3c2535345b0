/** Sees every GPU device that an engine takes in this worker, and hears when one is lost: engines don't tell, and none recovers by itself. */

let heard: ((why: string) => void) | undefined;
let watching = false;

/** Calls `onLost` for each device that is lost from now on, until the function that comes back is called. One listener at a time. */
export function watchDevices(onLost: (why: string) => void): () => void {
  heard = onLost;
  if (!watching && 'GPUAdapter' in globalThis) {
    watching = true;
    const {requestDevice} = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function watched(...args) {
      const device = await requestDevice.apply(this, args);
      void device.lost.then(({reason, message}) => heard?.(`${reason}: ${message}`));
      return device;
    };
  }
  return () => {
    if (heard === onLost) heard = undefined;
  };
}
