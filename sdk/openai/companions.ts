/** Which computer answered a conversation: it is asked again while it is there, so that one reads it and not many. By a hash of how it begins; no word of it is kept. */
import {toHex, utf8} from '#protocol/bytes.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {JobInput} from '#protocol/job.ts';
import {hash} from '#protocol/statement.ts';

/** Conversations that are remembered; the oldest are forgotten. */
const most = 256;

export interface ConversationStart {
  readonly model: ModelHash;
  readonly job: JobInput;
}

export class Companions {
  readonly #nodes = new Map<string, NodeId>();

  /** Who answered before; undefined for what begins now, however often it was begun before. */
  of(start: ConversationStart): NodeId | undefined {
    const {job} = start;
    if (!('messages' in job) || !job.messages.some(({role}) => role === 'assistant')) return undefined;
    return this.#nodes.get(keyOf(start));
  }

  note(start: ConversationStart, node: NodeId): void {
    if (!('messages' in start.job)) return;
    const key = keyOf(start);
    // The newest stand last.
    this.#nodes.delete(key);
    this.#nodes.set(key, node);
    if (this.#nodes.size > most) this.#nodes.delete(this.#nodes.keys().next().value ?? '');
  }
}

/** A conversation is told by its model and by what it begins with, up to the first word of its person. */
function keyOf({model, job}: ConversationStart): string {
  const messages = 'messages' in job ? job.messages : [];
  const first = messages.findIndex(({role}) => role === 'user');
  return toHex(hash(utf8(JSON.stringify([model, messages.slice(0, first + 1).map(({role, content}) => [role, content])]))));
}
