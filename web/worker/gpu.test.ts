/** Tests of the reasons that a person without WebGPU reads. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {whyNoAdapter, whyNoWebGpu} from './gpu.ts';

const agents = {
  firefoxLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  firefoxWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  safari: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
  chromeLinux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  chromeAndroid: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
  chromeWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
};

test('whyNoWebGpu(): names the browser and what to do', () => {
  assert.match(whyNoWebGpu(agents.firefoxLinux).fix, /Chrome or Edge/);
  assert.match(whyNoWebGpu(agents.firefoxWindows).fix, /141/);
  assert.match(whyNoWebGpu(agents.safari).fix, /Safari 26/);
  assert.match(whyNoWebGpu(agents.chromeWindows).fix, /https/);
});

test('whyNoAdapter(): names the system and what to do', () => {
  assert.match(whyNoAdapter(agents.chromeLinux).fix, /chrome:\/\/flags/);
  assert.match(whyNoAdapter(agents.chromeAndroid).fix, /Android 12/);
  assert.match(whyNoAdapter(agents.chromeWindows).fix, /driver/);
});
