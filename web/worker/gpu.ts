/** What this device's GPU can do, or the exact reason why a browser can't use it and what to do. */

export type GpuReport =
  | {readonly is: 'webgpu'; readonly adapter: string; readonly fallback: boolean; readonly f16: boolean; readonly features: readonly string[]; readonly maxBufferBytes: number; /** Whether WebAssembly can wait for the GPU, as llama.cpp needs it. */ readonly jspi: boolean}
  | {readonly is: 'none'; readonly reason: string; readonly fix: string};

/** Asks the browser for an adapter; takes no memory of it. */
export async function probeGpu(): Promise<GpuReport> {
  if (!navigator.gpu) return {is: 'none', ...whyNoWebGpu(navigator.userAgent)};
  try {
    const adapter = await navigator.gpu.requestAdapter({powerPreference: 'high-performance'});
    if (!adapter) return {is: 'none', ...whyNoAdapter(navigator.userAgent)};
    const {vendor, architecture, device, description} = adapter.info;
    return {
      is: 'webgpu',
      adapter: [vendor, description || architecture || device].filter((part) => part !== '').join(' ') || 'unnamed adapter',
      fallback: adapter.info.isFallbackAdapter ?? false,
      f16: adapter.features.has('shader-f16'),
      features: [...adapter.features],
      maxBufferBytes: adapter.limits.maxBufferSize,
      jspi: 'Suspending' in WebAssembly,
    };
  } catch (error) {
    return {is: 'none', reason: `The browser refused to give access to the GPU (${error instanceof Error ? error.message : 'no reason given'}).`, fix: 'Restart the browser and try again.'};
  }
}

/** By browser: this one has no WebGPU at all. */
export function whyNoWebGpu(userAgent: string): {reason: string; fix: string} {
  if (/firefox/i.test(userAgent)) {
    const fix = /windows|mac os/i.test(userAgent) ? 'Update Firefox to version 141 or newer, or use Chrome or Edge.' : 'Firefox has no WebGPU on this system yet: use Chrome or Edge.';
    return {reason: 'This Firefox has no WebGPU.', fix};
  }
  if (/safari/i.test(userAgent) && !/chrom/i.test(userAgent)) return {reason: 'This Safari has no WebGPU.', fix: 'Update to Safari 26 (macOS Tahoe, iOS 26) or newer.'};
  if (/chrom/i.test(userAgent)) return {reason: 'WebGPU is not available here.', fix: 'Update Chrome or Edge to the newest version, and open this page over https or on localhost.'};
  return {reason: 'This browser has no WebGPU.', fix: 'Open this page in the newest Chrome, Edge or Safari.'};
}

/** By system: the browser has WebGPU, but found no adapter that it may use. */
export function whyNoAdapter(userAgent: string): {reason: string; fix: string} {
  if (/android/i.test(userAgent)) return {reason: 'Chrome found no usable GPU on this phone.', fix: 'WebGPU needs Android 12 or newer with a Qualcomm or ARM GPU; this device can still ask.'};
  if (/linux/i.test(userAgent)) {
    return {
      reason: 'The browser has WebGPU, but it is switched off for this graphics driver on Linux.',
      fix: 'Open chrome://flags, enable “Vulkan” and “Unsafe WebGPU Support”, and restart the browser. Intel from 12th generation works without it.',
    };
  }
  return {reason: 'The browser has WebGPU, but found no GPU that it may use.', fix: 'Turn on “Use graphics acceleration when available” in the browser’s settings, update the graphics driver, and restart.'};
}
