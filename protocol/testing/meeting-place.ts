/** Where strangers meet, in one process: the twin of signalling and WebRTC through TURN. What goes over its channels can be counted, broken and frozen. */
import {decodeMessage} from '../codec.ts';
import type {Message} from '../messages.ts';
import type {Meetings} from '../roles/client-lane.ts';
import type {Transport} from '../roles/ports.ts';
import {memoryLink} from './memory-link.ts';

export interface PlaceOptions {
  /** Whether a frame of the node goes on; `break` closes the channel instead. */
  fromNode?(message: Message, count: number): 'pass' | 'drop' | 'break';
  /** The same for the client's frames. */
  fromClient?(message: Message, count: number): 'pass' | 'drop' | 'break';
  /** What stands in the way of a channel. */
  readonly obstacle?: 'never signs in' | 'fails to sign in' | 'never opens' | 'fails to open';
}

export class MeetingPlace {
  readonly #options: PlaceOptions;
  /** Every frame that went on, by who sent it. */
  readonly passed: {readonly by: 'node' | 'client'; readonly message: Message}[] = [];
  /** Channels that are open. */
  open = 0;
  #names = 0;
  readonly #expected = new Set<string>();
  #serve: (channel: Transport) => void = () => {};

  constructor(options: PlaceOptions = {}) {
    this.#options = options;
  }

  /** For the node's jobs. */
  readonly expectStranger = async (peer: string): Promise<string> => {
    this.#expected.add(peer);
    return 'the node here';
  };

  /** Channels go to this node from now on. */
  serveWith(node: {readonly jobs: {join(channel: Transport): Promise<void>}}): void {
    this.#serve = (channel) => void node.jobs.join(channel);
  }

  /** For the client. */
  readonly meetings: Meetings = {
    open: async () => {
      if (this.#options.obstacle === 'never signs in') await new Promise<never>(() => {});
      if (this.#options.obstacle === 'fails to sign in') throw new Error('no ticket');
      this.#names += 1;
      const peer = `client ${this.#names}`;
      return {
        peer,
        reach: async () => {
          if (this.#options.obstacle === 'never opens') await new Promise<never>(() => {});
          if (this.#options.obstacle === 'fails to open' || !this.#expected.has(peer)) throw new Error('no way');
          return this.#connect();
        },
        close: () => {},
      };
    },
  };

  #connect(): Transport {
    const [client, node] = memoryLink();
    this.open += 1;
    let isOpen = true;
    const close = () => {
      this.open -= isOpen ? 1 : 0;
      isOpen = false;
      client.close();
    };
    const guarded = (end: Transport, by: 'node' | 'client'): Transport => {
      const rule = by === 'node' ? this.#options.fromNode : this.#options.fromClient;
      let count = 0;
      const send = (frame: Uint8Array) => {
        const message = decodeMessage(frame);
        count += 1;
        const verdict = rule?.(message, count) ?? 'pass';
        if (verdict === 'break') return close();
        if (verdict === 'drop') return;
        this.passed.push({by, message});
        end.send(frame);
      };
      return {...end, send, close};
    };
    this.#serve(guarded(node, 'node'));
    return guarded(client, 'client');
  }
}
