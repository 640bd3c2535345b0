/** A function from a request to an answer, made to end as the global `fetch` does when the caller's signal aborts. */
import {unlessAborted} from '#protocol/roles/deadline.ts';

/** The answer. Rejects with the signal's reason when it aborts before; the body fails with it when it aborts later. */
export async function answered(face: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  const {signal} = request;
  signal.throwIfAborted();
  const {body, status, headers} = await unlessAborted(face(request), signal);
  return new Response(body?.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), {signal}) ?? null, {status, headers});
}
