/** Sees the GPU device that an engine asks for, to hear of its loss: engines keep it to themselves and wait for ever on a lost one. */

export interface DeviceLoss {
  /** Why a device that was asked for since then was lost; never settles while all work. */
  readonly lost: Promise<string>;
  /** Sees no further devices. */
  stop(): void;
}

/** Watches each device that this worker gets from now on. */
export function hearDeviceLoss(): DeviceLoss {
  const {promise: lost, resolve} = Promise.withResolvers<string>();
  if (!('GPUAdapter' in globalThis)) return {lost, stop: () => {}};
  const {prototype} = GPUAdapter;
  const {requestDevice} = prototype;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    void device.lost.then(({reason, message}) => resolve(message || reason));
    return device;
  };
  return {
    lost,
    stop: () => {
      prototype.requestDevice = requestDevice;
    },
  };
}
