/** An answer as it grows, event by event, up to its provenance. Pure. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {Level, Provenance, Stage, Turn, Wait} from './views.ts';

export interface AnswerProgress {
  readonly turn: Turn;
  readonly stage: Stage;
  readonly wait: Wait | undefined;
  readonly nodes: readonly NodeId[];
  readonly route: Provenance['route'];
  readonly relays: readonly string[];
  readonly tokens: number;
  readonly firstTokenMs: number | undefined;
  readonly price: bigint;
  readonly payment: Provenance['payment'];
  readonly receipt: Provenance['receipt'];
  readonly about: {readonly at: number; readonly level: Level; readonly modelHash: ModelHash; readonly model: string};
}

/** What an answer waits for at first. */
export const firstStage = (level: Level): Stage => (level === 'device' ? 'loading' : 'finding');

export function beginAnswer({id, ...about}: AnswerProgress['about'] & {id: string}): AnswerProgress {
  return {
    turn: {id, role: 'assistant', text: '', status: 'streaming', at: about.at},
    stage: firstStage(about.level),
    wait: undefined,
    nodes: [],
    route: about.level === 'device' ? 'here' : 'relayed',
    relays: [],
    tokens: 0,
    firstTokenMs: undefined,
    price: 0n,
    payment: undefined,
    receipt: 'none',
    about,
  };
}

/** The answer after one more event. */
export function takeEvent(answer: AnswerProgress, {event, now}: {event: AskEvent; now: number}): AnswerProgress {
  switch (event.type) {
    case 'working':
      return {...answer, stage: 'working'};
    case 'waiting':
      return {...answer, stage: 'waiting', wait: {position: event.position, etaMs: event.etaMs}};
    case 'bound':
      return {...answer, stage: event.route === 'here' ? 'answering' : 'connected', nodes: [...answer.nodes, event.node], route: answer.route === 'turn' ? 'turn' : event.route, relays: relaysWith(answer.relays, event), payment: event.payment};
    case 'prompt':
      return answer;
    case 'moved':
      return {...answer, route: 'turn'};
    case 'resuming':
      return {...answer, stage: answer.about.level === 'device' ? 'loading' : 'resuming'};
    case 'done':
      return {...answer, receipt: 'valid', price: answer.price + event.receipt.price};
    default:
      return {
        ...answer,
        stage: 'answering',
        turn: event.type === 'text' ? {...answer.turn, text: answer.turn.text + event.text} : answer.turn,
        tokens: answer.tokens + event.tokens,
        firstTokenMs: answer.firstTokenMs ?? now - answer.about.at,
      };
  }
}

/** A relay that carries on where it was is named once. */
function relaysWith(relays: readonly string[], {route, relay = ''}: Extract<AskEvent, {type: 'bound'}>): readonly string[] {
  return route !== 'relayed' || relays.at(-1) === relay ? relays : [...relays, relay];
}

/** The turn as it stays. */
export function finishAnswer(answer: AnswerProgress, {code, now}: {code: ErrorCode | undefined; now: number}): Turn {
  const {about, nodes, route, relays, tokens, firstTokenMs, price, payment} = answer;
  const receipt = code === 'bad-receipt' ? 'invalid' : code === undefined ? answer.receipt : 'none';
  const provenance: Provenance = {...about, nodes, route, relays, tokens, firstTokenMs, price, receipt, milliseconds: now - about.at, ...(payment ? {payment} : {})};
  const status = code === undefined ? 'done' : code === 'cancelled' ? 'stopped' : 'failed';
  return {...answer.turn, status, ...(nodes.length > 0 ? {provenance} : {}), ...(code === undefined || code === 'cancelled' ? {} : {error: code})};
}
