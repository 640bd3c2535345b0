/** What this device's GPU can do, or what the browser showed instead of it; the page says what that means. */

export type GpuReport =
  | {readonly is: 'webgpu'; readonly adapter: string; readonly fallback: boolean; readonly f16: boolean; readonly features: readonly string[]; readonly maxBufferBytes: number; /** Whether WebAssembly can wait for the GPU, as llama.cpp needs it. */ readonly jspi: boolean}
  | {readonly is: 'none'; readonly symptom: 'no-api' | 'no-adapter' | 'refused'; /** The browser's own words, or none. */ readonly detail: string};

/** Asks the browser for an adapter; takes no memory of it. */
export async function probeGpu(): Promise<GpuReport> {
  if (!navigator.gpu) return {is: 'none', symptom: 'no-api', detail: ''};
  try {
    const adapter = await navigator.gpu.requestAdapter({powerPreference: 'high-performance'});
    if (!adapter) return {is: 'none', symptom: 'no-adapter', detail: ''};
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
    return {is: 'none', symptom: 'refused', detail: error instanceof Error ? error.message : ''};
  }
}
