/** Each browser on each system gets the reason that is its own. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {gpuObstacle} from './gpu-obstacle.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const linux = 'Mozilla/5.0 (X11; Linux x86_64)';
const phone = 'Mozilla/5.0 (Linux; Android 10; K)';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)';
const chrome = (version: number, tail = 'Safari/537.36') => `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 ${tail}`;
const safari = (version: string) => `AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`;
const firefox = (version: number) => `Gecko/20100101 Firefox/${version}.0`;

const without = (userAgent: string, maxTouchPoints = 0) => gpuObstacle('no-api', {userAgent, maxTouchPoints});
const noAdapter = (userAgent: string, maxTouchPoints = 0) => gpuObstacle('no-adapter', {userAgent, maxTouchPoints});

test('no WebGPU at all: too old, switched off, or not there for this system', () => {
  assert.equal(without(`${windows} ${chrome(112)}`), 'chrome-update');
  assert.equal(without(`${windows} ${chrome(156)}`), 'chrome-off');
  assert.equal(without(`${windows} ${chrome(112, 'Safari/537.36 Edg/112.0')}`), 'edge-update');
  assert.equal(without(`${mac} ${chrome(156, 'Safari/537.36 Edg/156.0')}`), 'edge-off');
  assert.equal(without(`${linux} ${chrome(143)}`), 'chrome-linux-update');
  assert.equal(without(`${linux} ${chrome(144)}`), 'chrome-off');
  assert.equal(without(`${phone} ${chrome(120, 'Mobile Safari/537.36')}`), 'android-update');
  assert.equal(without(`${phone} ${chrome(156, 'Mobile Safari/537.36')}`), 'android-off');
  assert.equal(without(`Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) ${chrome(156, 'Mobile Safari/537.36')}`), 'android-app');
  assert.equal(without(`${windows} ${firefox(140)}`), 'firefox-windows-update');
  assert.equal(without(`${windows} ${firefox(160)}`), 'firefox-off');
  assert.equal(without(`Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:146.0) ${firefox(146)}`), 'firefox-mac-update');
  assert.equal(without(`${linux} ${firefox(160)}`), 'firefox-linux');
  assert.equal(without(`Mozilla/5.0 (Android 14; Mobile; rv:160.0) ${firefox(160)}`), 'firefox-android');
  assert.equal(without(`${mac} ${safari('18.0')}`), 'safari-update');
  assert.equal(without(`${mac} ${safari('26.1')}`), 'safari-off');
  assert.equal(without(`${iphone} ${safari('18.6')}`), 'ios-update');
  assert.equal(without(`${iphone} ${safari('26.0')}`), 'ios-off');
  assert.equal(without(`${iphone} AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1`), 'ios-update');
  assert.equal(without('Something/1.0'), 'unknown-browser');
});

test('an iPad is known by its touch screen, because it calls itself a Mac', () => {
  assert.equal(without(`${mac} ${safari('18.0')}`, 5), 'ios-update');
  assert.equal(noAdapter(`${mac} ${safari('26.0')}`, 5), 'ios-adapter');
});

test('WebGPU, but no adapter: what has to be switched on differs', () => {
  assert.equal(noAdapter(`${windows} ${chrome(156)}`), 'chrome-adapter');
  assert.equal(noAdapter(`${windows} ${chrome(156, 'Safari/537.36 Edg/156.0')}`), 'edge-adapter');
  assert.equal(noAdapter(`${linux} ${chrome(156)}`), 'linux-adapter');
  assert.equal(noAdapter(`${phone} ${chrome(156)}`), 'android-adapter');
  assert.equal(noAdapter(`${windows} ${firefox(160)}`), 'firefox-adapter');
  assert.equal(noAdapter(`${mac} ${safari('26.0')}`), 'safari-adapter');
  assert.equal(noAdapter('Something/1.0'), 'unknown-adapter');
});

test('a refusal is the same everywhere', () => {
  assert.equal(gpuObstacle('refused', {userAgent: `${windows} ${chrome(156)}`, maxTouchPoints: 0}), 'refused');
});
