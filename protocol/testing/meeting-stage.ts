/** A network whose strangers may meet, for the tests of answers that move to a channel through TURN. */
import {decodeMessage} from '../codec.ts';
import type {Kind, Message} from '../messages.ts';
import {Client} from '../roles/client.ts';
import type {ExpectStranger} from '../roles/node-lane.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import type {MeetingPlace} from './meeting-place.ts';
import type {Tamper} from './memory-link.ts';
import {TestNetwork} from './network.ts';

/** Long enough for 64 frames. */
export const story = Array.from({length: 250}, (_, index) => `word${index}`).join(' ');
export const question = {task: 'chat', messages: [{role: 'user', content: 'x'}]} as const;
export const count = (kinds: readonly Kind[], kind: Kind): number => kinds.filter((each) => each === kind).length;

interface StageOptions {
  /** Lets the host's event loop run once. */
  readonly turn: () => Promise<unknown>;
  /** Where client and node meet; without one they don't. */
  readonly place?: MeetingPlace;
  readonly strangersMeet?: boolean;
  /** Changes what the relay sends to the client. */
  readonly tamper?: Tamper;
  readonly expectStranger?: ExpectStranger;
}

/** A relay that sweeps, a node that says the story, and a client; all that came to the relay is in `seen`. */
export async function meetingStage({turn, place, strangersMeet = true, tamper, ...options}: StageOptions) {
  const clock = new ManualClock(turn);
  const seen: Message[] = [];
  let hearing: ((message: Message) => void) | undefined;
  const allowed: [string, string][] = [];
  const observe = (frame: Uint8Array) => {
    const message = decodeMessage(frame);
    seen.push(message);
    hearing?.(message);
  };
  const network = new TestNetwork(clock, {strangersMeet, allowSignalling: (left, right) => allowed.push([left, right]), observe});
  const expecting = options.expectStranger ?? place?.expectStranger;
  const node = await network.node(fakeEngine({clock, answer: () => story}), expecting ? {expectStranger: expecting} : {});
  place?.serveWith(node);
  const client = new Client({clock, connect: async () => network.connect(tamper), ...(place ? {meetings: place.meetings} : {}), random: Math.random});
  const sweeping = new AbortController();
  const sweep = async () => {
    for (;;) {
      await clock.sleep(1000, sweeping.signal);
      network.hub.sweep();
    }
  };
  sweep().catch(() => {});
  return {clock, network, node, client, seen, allowed, kinds: () => seen.map(({kind}) => kind), onSeen: (hear: (message: Message) => void) => void (hearing = hear), end: () => sweeping.abort()};
}
export type MeetingStage = Awaited<ReturnType<typeof meetingStage>>;

/** Asks, waits until the node has let go, and gives what came. */
export async function answered({network, client, clock}: MeetingStage, onText: () => void = () => {}) {
  const start = clock.now();
  const result = await network.ask(client, {text: 'x'}, ({type}) => type === 'text' && onText());
  const took = clock.now() - start;
  await clock.advance(10_000);
  return {...result, took, types: result.events.map(({type}) => type)};
}
