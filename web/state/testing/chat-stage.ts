/** A chat whose network is driven by the test. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {JobOf} from '#protocol/job.ts';
import {Queue} from '#protocol/queue.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {shownTurns} from '../branches.ts';
import {type AskRequest, createChat} from '../chat.ts';
import type {Conversation, ModelChoice} from '../views.ts';

export const model = 'aa'.repeat(32) as ModelHash;
export const node = 'bb'.repeat(32) as NodeId;
export const choice: ModelChoice = {hash: model, label: 'a model', demo: false, tasks: ['chat'], nodes: 1, mine: 0, unpayable: 0, prices: [], claimed: 0};
export const receipt = {price: 3n} as Receipt;
export const text = (said: string): AskEvent => ({type: 'text', text: said, tokens: 1});
export const answer = (said: string): AskEvent[] => [{type: 'bound', node, route: 'relayed'}, text(said), {type: 'done', receipt}];

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function never(why: string): never {
  throw new Error(why);
}

export function stage({conversations = [] as Conversation[], keep = async () => {}, models = [choice]}: {conversations?: Conversation[]; keep?: () => Promise<void>; models?: ModelChoice[]} = {}) {
  const kept = new Map<string, Conversation>();
  const requests: (AskRequest & {events: Queue<AskEvent>; messages: JobOf<'chat'>['messages']})[] = [];
  let ids = 0;
  let time = 1000;
  const chat = createChat({
    ask: (request) => {
      const events = new Queue<AskEvent>();
      request.signal.addEventListener('abort', () => events.fail(request.signal.reason));
      requests.push({...request, events, messages: request.job.task === 'chat' ? request.job.messages : []});
      return events;
    },
    keep: async (conversation) => {
      await keep();
      kept.set(conversation.id, conversation);
    },
    forget: async (id) => void kept.delete(id),
    conversations,
    own: {model: () => undefined, choose: () => {}},
    sensitive: () => false,
    priceCap: () => 10n ** 9n,
    newId: () => `id${(ids += 1)}`,
    now: () => (time += 10),
  });
  chat.setModels(models);
  /** Sends a text and gives its request once the network has it. */
  const send = async (said: string) => {
    const sent = chat.send(said);
    await turn();
    const request = requests.at(-1);
    if (!request) throw new Error('nothing was asked');
    return {request, sent};
  };
  /** Ends the newest request with a whole answer by a computer. */
  const reply = async (said: string, by = node) => {
    const {events} = requests.at(-1) ?? never('nothing was asked');
    for (const event of [{type: 'bound', node: by, route: 'relayed'} as const, text(said), {type: 'done', receipt} as const]) events.push(event);
    events.end();
    for (let step = 0; step < 5; step += 1) await turn();
  };
  const shown = () => shownTurns(chat.view.get().current).map((each) => each.text).join(' ');
  const last = () => shownTurns(chat.view.get().current).at(-1) ?? never('no turn');
  const converse = async (...said: string[]) => {
    for (const [index, each] of said.entries()) await (index % 2 === 0 ? send(each) : reply(each));
  };
  return {chat, kept, requests, send, turn, reply, shown, last, converse};
}

