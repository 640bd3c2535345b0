/** How our own runs start Chromium: WebGPU in software, nothing that calls home, WebRTC on loopback. */

const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--allow-loopback-in-peer-connection',
] as const;

/** Without the last two there is no adapter: a free way to test "no WebGPU". */
export const chromiumArgsWithoutWebGpu = [...quiet, '--disable-gpu'] as const;
export const chromiumArgs = [...chromiumArgsWithoutWebGpu, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] as const;
/** Headless Chromium on Linux has a GPU only through Vulkan, and draws nowhere. */
const vulkan = ['--use-angle=vulkan', '--enable-features=Vulkan', '--disable-vulkan-surface'] as const;
/** The machine's own GPU, also where the browser does not trust its driver. */
export const chromiumArgsWithGpu = [...quiet, '--enable-unsafe-webgpu', '--ignore-gpu-blocklist', ...(process.platform === 'linux' ? vulkan : [])] as const;
