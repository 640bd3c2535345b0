/** How our own runs start Chromium: WebGPU in software, nothing that calls home, WebRTC on loopback. */

/** Without the last two there is no adapter: a free way to test "no WebGPU". */
const withoutWebGpu = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--allow-loopback-in-peer-connection',
] as const;

export const chromiumArgs = [...withoutWebGpu, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] as const;
export const chromiumArgsWithoutWebGpu = withoutWebGpu;
