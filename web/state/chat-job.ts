/** What a computer is told of a conversation: the instructions, then the turns of the shown branch as far as they came. Pure. */
import type {NodeId} from '#protocol/ids.ts';
import type {JobOf} from '#protocol/job.ts';
import type {Instructions} from './instructions.ts';
import type {Turn} from './views.ts';

/** Tokens that an answer may have where the person says nothing of it. */
const usualMaxTokens = 1024;

/** The job of a conversation whose last turn is the question. */
export function chatJob(turns: readonly Pick<Turn, 'role' | 'text'>[], instructions: Instructions | undefined) {
  const {system, maxTokens = usualMaxTokens, stop, ...numbers}: Instructions = instructions ?? {system: ''};
  const said = turns.filter(({text}) => text !== '').map(({role, text}) => ({role, content: text}));
  const messages: JobOf<'chat'>['messages'] = system.trim() === '' ? said : [{role: 'system', content: system}, ...said];
  return {task: 'chat', messages, maxTokens, ...numbers, ...(stop ? {stop: [...stop]} : {})} as const;
}

/** The node that answered last in this branch. */
export const lastNode = (turns: readonly Turn[]): NodeId | undefined => turns.findLast(({provenance}) => provenance?.receipt === 'valid' && provenance.level !== 'device')?.provenance?.nodes.at(-1);
