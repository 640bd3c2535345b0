/** Several answers at once, told as they come. */
import {Queue} from '#protocol/queue.ts';

/** Numbers what each of `sources` yields. Fails with the first that fails, and ends them all when the reader leaves. */
export async function* merged<T>(sources: readonly AsyncGenerator<T, void>[]): AsyncGenerator<{readonly choice: number; readonly item: T}, void> {
  const [only, ...others] = sources;
  if (only && others.length === 0) {
    for await (const item of only) yield {choice: 0, item};
    return;
  }
  const queue = new Queue<{choice: number; item: T}>();
  const runs = sources.map(async (source, choice) => {
    for await (const item of source) queue.push({choice, item});
  });
  void Promise.all(runs).then(() => queue.end(), (error: unknown) => queue.fail(error));
  try {
    yield* queue;
  } finally {
    for (const source of sources) void Promise.resolve(source.return()).catch(() => {});
  }
}
