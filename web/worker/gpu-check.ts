/** Whether this GPU computes what it should: whole numbers, mixed a while, held against the same numbers from the processor. */

const cells = 4096;
const lanes = 64;
const rounds = 64;

const kernel = `
@group(0) @binding(0) var<storage, read_write> cells: array<u32>;
@compute @workgroup_size(${lanes})
fn mix(@builtin(global_invocation_id) id: vec3<u32>) {
  var x = id.x * 2654435761u + 1u;
  for (var i = 0u; i < ${rounds}u; i++) {
    x ^= x << 13u;
    x ^= x >> 17u;
    x ^= x << 5u;
    x = x * 1664525u + 1013904223u;
  }
  cells[id.x] = x;
}`;

/** The number that the cell has to have. */
export function mixed(cell: number): number {
  let x = Math.imul(cell, 2654435761) + 1;
  for (let round = 0; round < rounds; round += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
  }
  return x >>> 0;
}

/** A few milliseconds of work. Rejects where the device fails at all. */
export async function computesRight(device: GPUDevice): Promise<boolean> {
  const size = cells * 4;
  const made = device.createBuffer({size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC});
  const seen = device.createBuffer({size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST});
  const pipeline = await device.createComputePipelineAsync({layout: 'auto', compute: {module: device.createShaderModule({code: kernel}), entryPoint: 'mix'}});
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({layout: pipeline.getBindGroupLayout(0), entries: [{binding: 0, resource: {buffer: made}}]}));
  pass.dispatchWorkgroups(cells / lanes);
  pass.end();
  encoder.copyBufferToBuffer(made, 0, seen, 0, size);
  device.queue.submit([encoder.finish()]);
  await seen.mapAsync(GPUMapMode.READ);
  const numbers = new Uint32Array(seen.getMappedRange());
  const right = numbers.every((number, cell) => number === mixed(cell));
  seen.unmap();
  return right;
}
