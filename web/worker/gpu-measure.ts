/**
 * What this GPU can do, measured in a second or two without any model: how fast it reads its memory, which bounds the tokens per second of any
 * model, how long an empty dispatch and a look at a result take. Takes 64 MiB at most, and less where less is allowed: phones kill pages that try.
 */
import {NetworkError} from '#protocol/errors.ts';
import {computesRight} from './gpu-check.ts';

export interface GpuMeasure {
  /** Bytes per second read by a kernel that does little else. */
  readonly bytesPerSecond: number;
  /** Milliseconds of one empty dispatch among many. */
  readonly dispatchMs: number;
  /** Milliseconds until a result can be read. */
  readonly readbackMs: number;
  /** Whether its whole numbers were those of the processor. */
  readonly correct: boolean;
}

const mostBytes = 64 * 1024 * 1024;
/** Passes over the buffer in one submission; doubled until they take long enough to be measured. */
const firstPasses = 4;
const enoughMs = 300;
const mostPasses = 4096;
const dispatches = 200;
const lanes = 256;
const vectorsPerLane = 64;

/** Each invocation adds up its part of the buffer, sixteen bytes at a time, side by side with its neighbours. */
const kernel = `
@group(0) @binding(0) var<storage, read> source: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> sums: array<u32>;
@compute @workgroup_size(${lanes})
fn add(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  var sum = vec4<u32>(0u);
  let base = group.x * ${lanes * vectorsPerLane}u;
  for (var i = 0u; i < ${vectorsPerLane}u; i++) { sum += source[base + i * ${lanes}u + lane]; }
  if (sum.x + sum.y + sum.z + sum.w == 0xdeadbeefu) { sums[group.x] = lane; }
}
@compute @workgroup_size(1)
fn nothing() { if (sums[0] == 0xdeadbeefu) { sums[0] = source[0].x; } }`;

/** Rejects with `no-webgpu`, `gpu-lost`. */
export async function measureGpu(now: () => number = () => performance.now()): Promise<GpuMeasure> {
  const adapter = await navigator.gpu?.requestAdapter({powerPreference: 'high-performance'});
  if (!adapter) throw new NetworkError('no-webgpu', 'no adapter');
  const device = await adapter.requestDevice();
  try {
    const correct = await computesRight(device);
    return {...(await measureOn(device, now)), correct};
  } catch (cause) {
    throw new NetworkError('gpu-lost', 'while it was measured', {cause});
  } finally {
    device.destroy();
  }
}

async function measureOn(device: GPUDevice, now: () => number): Promise<Omit<GpuMeasure, 'correct'>> {
  const groupBytes = lanes * vectorsPerLane * 16;
  const groups = Math.max(1, Math.floor(Math.min(mostBytes, device.limits.maxStorageBufferBindingSize) / groupBytes));
  const source = device.createBuffer({size: groups * groupBytes, usage: GPUBufferUsage.STORAGE});
  const sums = device.createBuffer({size: groups * 4, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC});
  const seen = device.createBuffer({size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST});
  const module = device.createShaderModule({code: kernel});
  const layout = device.createBindGroupLayout({
    entries: [
      {binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: {type: 'read-only-storage'}},
      {binding: 1, visibility: GPUShaderStage.COMPUTE, buffer: {type: 'storage'}},
    ],
  });
  const pipelineLayout = device.createPipelineLayout({bindGroupLayouts: [layout]});
  const [add, nothing] = await Promise.all(['add', 'nothing'].map((entryPoint) => device.createComputePipelineAsync({layout: pipelineLayout, compute: {module, entryPoint}})));
  if (!add || !nothing) throw new Error('no pipelines');
  const group = device.createBindGroup({layout, entries: [{binding: 0, resource: {buffer: source}}, {binding: 1, resource: {buffer: sums}}]});

  /** Runs a pipeline so often, and waits until it can be seen. */
  const run = async (pipeline: GPUComputePipeline, {times, size}: {times: number; size: number}): Promise<number> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let time = 0; time < times; time += 1) pass.dispatchWorkgroups(size);
    pass.end();
    encoder.copyBufferToBuffer(sums, 0, seen, 0, 4);
    const began = now();
    device.queue.submit([encoder.finish()]);
    await seen.mapAsync(GPUMapMode.READ);
    seen.unmap();
    return now() - began;
  };
  // The first runs compile and fill caches.
  await run(add, {times: 1, size: groups});
  await run(nothing, {times: 1, size: 1});
  const readbackMs = Math.min(await run(nothing, {times: 1, size: 1}), await run(nothing, {times: 1, size: 1}));
  const dispatchMs = Math.max(0, ((await run(nothing, {times: dispatches, size: 1})) - readbackMs) / dispatches);
  let passes = firstPasses;
  let ms = await run(add, {times: passes, size: groups});
  while (ms < enoughMs && passes < mostPasses) {
    passes *= 2;
    ms = await run(add, {times: passes, size: groups});
  }
  return {bytesPerSecond: (passes * groups * groupBytes * 1000) / Math.max(0.1, ms - readbackMs), dispatchMs, readbackMs};
}
