/** Narrows a job to what an engine can do; a node asks it for nothing else. */
import {NetworkError} from '#protocol/errors.ts';
import type {Task} from '#protocol/task.ts';
import type {EngineJob, EngineJobOf} from '#protocol/roles/engine.ts';

/** @throws NetworkError `wrong-task` */
export function onlyTasks<const T extends Task>(job: EngineJob, tasks: readonly T[]): EngineJobOf<T> {
  if (!(tasks as readonly Task[]).includes(job.task)) throw new NetworkError('wrong-task', job.task);
  return job as EngineJobOf<T>;
}
