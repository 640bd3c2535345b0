/** Which browsers get which steps to install the app. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {installWay, type Surface} from './installation.ts';

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const surface = (userAgent: string, fields: Partial<Surface> = {}): Surface => ({userAgent, touchPoints: 0, standalone: false, offers: false, ...fields});

test('each browser has its way', () => {
  assert.equal(installWay(surface('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1', {touchPoints: 5})), 'ios');
  assert.equal(installWay(surface(`${mac} Version/18.0 Safari/605.1.15`, {touchPoints: 5})), 'ios', 'an iPad');
  assert.equal(installWay(surface(`${mac} Version/18.0 Safari/605.1.15`)), 'safari-mac');
  assert.equal(installWay(surface(`${mac} Version/16.6 Safari/605.1.15`)), 'other', 'too old to install');
  assert.equal(installWay(surface('Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', {touchPoints: 5})), 'firefox-android');
  assert.equal(installWay(surface('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')), 'other');
  assert.equal(installWay(surface(`${mac} Chrome/150.0 Safari/537.36`, {offers: true})), 'offer');
  assert.equal(installWay(surface(`${mac} Chrome/150.0 Safari/537.36`)), 'chromium');
  assert.equal(installWay(surface(`${mac} Chrome/150.0 Safari/537.36`, {offers: true, standalone: true})), 'installed');
});
