/** English: why this device, or a model on it, can't share, and what to do about it. */
import type {GpuObstacle} from '../../state/gpu-obstacle.ts';
import type {ModelObstacle} from '../../state/views.ts';

/** What happened, and what to do. */
export interface Why {
  readonly reason: string;
  readonly fix: string;
}

const gpu: Readonly<Record<GpuObstacle, Why>> = {
  'chrome-update': {reason: 'This version of Chrome has no WebGPU.', fix: 'Update Chrome to version 113 or newer: menu ⋮, Help, About Google Chrome. Then restart it.'},
  'chrome-linux-update': {reason: 'This version of the browser has no WebGPU on Linux.', fix: 'Update to Chrome or Edge 144 or newer; there it works by itself with Intel graphics from the 12th generation on. With other graphics, open chrome://flags, enable “Vulkan” and “Unsafe WebGPU Support”, and restart the browser.'},
  'chrome-off': {reason: 'This Chrome could use WebGPU, but it is switched off.', fix: 'Open Settings, System, turn on “Use graphics acceleration when available”, and restart Chrome. On a computer of your work or school, whoever manages it may have switched it off.'},
  'edge-update': {reason: 'This version of Edge has no WebGPU.', fix: 'Update Edge to version 113 or newer: menu …, Help and feedback, About Microsoft Edge. Then restart it.'},
  'edge-off': {reason: 'This Edge could use WebGPU, but it is switched off.', fix: 'Open Settings, System and performance, turn on “Use graphics acceleration when available”, and restart Edge. On a computer of your work or school, whoever manages it may have switched it off.'},
  'android-update': {reason: 'This version of the browser has no WebGPU on Android.', fix: 'Update Chrome to version 121 or newer in the Play Store. It also needs Android 12 or newer.'},
  'android-off': {reason: 'The browser is new enough, but offers no WebGPU on this phone.', fix: 'WebGPU needs Android 12 or newer. Update Android if your phone has an update; this device can still ask.'},
  'android-app': {reason: 'This page is shown inside another app, which has no WebGPU.', fix: 'Open this address in Chrome itself: look for “Open in browser” in the menu of the app.'},
  'firefox-windows-update': {reason: 'This version of Firefox has no WebGPU.', fix: 'Update Firefox to version 141 or newer: menu ☰, Help, About Firefox. Or use Chrome or Edge.'},
  'firefox-mac-update': {reason: 'This version of Firefox has no WebGPU.', fix: 'On a Mac with an Apple chip, update Firefox to version 147 or newer: Firefox menu, About Firefox. On an Intel Mac, use Chrome or Edge.'},
  'firefox-off': {reason: 'This Firefox is new enough, but WebGPU is switched off in it, or this Mac has an Intel chip.', fix: 'Open about:config, set “dom.webgpu.enabled” to true, and restart Firefox. On an Intel Mac, use Chrome or Edge.'},
  'firefox-linux': {reason: 'Firefox has no WebGPU on this system yet.', fix: 'Use Chrome or Edge here.'},
  'firefox-android': {reason: 'Firefox has no WebGPU on Android yet.', fix: 'Use Chrome on this phone; it needs Android 12 or newer.'},
  'safari-update': {reason: 'This version of Safari has no WebGPU.', fix: 'Update to macOS Tahoe 26 with Safari 26 or newer: System Settings, General, Software Update. Or use Chrome or Edge.'},
  'safari-off': {reason: 'This Safari is new enough, but WebGPU is switched off.', fix: 'In Safari’s settings, Advanced, show features for web developers; then turn on WebGPU under Feature Flags. Lockdown Mode switches it off too.'},
  'ios-update': {reason: 'This version of iOS or iPadOS has no WebGPU, in no browser.', fix: 'Update to iOS 26 or iPadOS 26 or newer: Settings, General, Software Update. This device can still ask.'},
  'ios-off': {reason: 'This iPhone or iPad is new enough, but WebGPU is switched off.', fix: 'Open Settings, Apps, Safari, Advanced, Feature Flags, and turn on WebGPU. Lockdown Mode switches it off too.'},
  'unknown-browser': {reason: 'This browser has no WebGPU.', fix: 'Open this page in the newest Chrome, Edge or Safari.'},
  'chrome-adapter': {reason: 'Chrome has WebGPU, but found no GPU that it may use.', fix: 'Open Settings, System, turn on “Use graphics acceleration when available”, update the graphics driver, and restart Chrome.'},
  'edge-adapter': {reason: 'Edge has WebGPU, but found no GPU that it may use.', fix: 'Open Settings, System and performance, turn on “Use graphics acceleration when available”, update the graphics driver, and restart Edge.'},
  'linux-adapter': {reason: 'The browser has WebGPU, but it is switched off for this graphics driver on Linux.', fix: 'Open chrome://flags, enable “Vulkan” and “Unsafe WebGPU Support”, and restart the browser. Intel graphics from the 12th generation on work without it.'},
  'android-adapter': {reason: 'The browser found no GPU on this phone that it may use.', fix: 'WebGPU needs Android 12 or newer with a Qualcomm or ARM GPU; this device can still ask.'},
  'firefox-adapter': {reason: 'Firefox has WebGPU, but found no GPU that it may use.', fix: 'Open Settings, General, Performance, turn on hardware acceleration, update the graphics driver, and restart Firefox. Or use Chrome or Edge.'},
  'safari-adapter': {reason: 'Safari has WebGPU, but found no GPU that it may use.', fix: 'Close other heavy pages, restart Safari and install the latest updates of macOS.'},
  'ios-adapter': {reason: 'This iPhone or iPad gave the page no GPU.', fix: 'Close other apps and pages, turn off Lockdown Mode for this site, and open the page again. This device can still ask.'},
  'unknown-adapter': {reason: 'The browser has WebGPU, but found no GPU that it may use.', fix: 'Turn on graphics acceleration in the browser’s settings, update the graphics driver, and restart the browser.'},
  'refused': {reason: 'The browser refused to give access to the GPU.', fix: 'Restart the browser and try again. If it stays, restart the computer.'},
  'check-failed': {reason: 'The check of the GPU failed.', fix: 'Load the page again.'},
};

const models: Readonly<Record<ModelObstacle, string>> = {
  'too-large': 'Too large for this device: its system would close the tab.',
  'checking': 'Checking your GPU…',
  'no-webgpu': 'Needs WebGPU.',
  'no-real-gpu': 'Too slow without a real GPU.',
  'no-half': 'Needs a GPU with 16-bit floats (shader-f16).',
};

export const obstacles = {
  gpu,
  models,
  needsMemory: (size: string): string => `Needs about ${size} of GPU memory.`,
};
