/** The watch over GPU devices, with a class in the browser's place that gives devices to be lost. */
import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';
import {hearDeviceLoss} from './device-loss.ts';

interface Info {
  readonly reason: string;
  readonly message: string;
}

class Adapter {
  async requestDevice(): Promise<{lost: Promise<Info>; lose(info: Info): void}> {
    const {promise: lost, resolve: lose} = Promise.withResolvers<Info>();
    return {lost, lose};
  }
}

beforeEach(() => Object.defineProperty(globalThis, 'GPUAdapter', {value: Adapter, configurable: true}));
afterEach(() => Reflect.deleteProperty(globalThis, 'GPUAdapter'));

test('a device that is asked for while it watches is heard of when it is lost, also after it stopped looking for new ones', async () => {
  const watch = hearDeviceLoss();
  const device = await new Adapter().requestDevice();
  watch.stop();
  device.lose({reason: 'unknown', message: 'the driver was reset'});
  assert.equal(await watch.lost, 'the driver was reset');
});

test('a loss without words has its reason', async () => {
  const watch = hearDeviceLoss();
  (await new Adapter().requestDevice()).lose({reason: 'destroyed', message: ''});
  assert.equal(await watch.lost, 'destroyed');
  watch.stop();
});

test('where there is no WebGPU there is nothing to hear', async () => {
  Reflect.deleteProperty(globalThis, 'GPUAdapter');
  hearDeviceLoss().stop();
});

test('devices of before and after are none of its business', async () => {
  const before = await new Adapter().requestDevice();
  const watch = hearDeviceLoss();
  watch.stop();
  const after = await new Adapter().requestDevice();
  for (const device of [before, after]) device.lose({reason: 'destroyed', message: ''});
  assert.equal(await Promise.race([watch.lost, new Promise((resolve) => setImmediate(resolve, 'nothing'))]), 'nothing');
});
