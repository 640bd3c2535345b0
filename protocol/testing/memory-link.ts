/** Two ends of a link in one process: what one sends the other reads. The twin of every real transport. */
import {Queue} from '../queue.ts';
import type {Transport} from '../roles/ports.ts';

/** What a hostile relay may do to a frame on its way: drop it (none), change it, repeat it. */
export type Tamper = (frame: Uint8Array) => readonly Uint8Array[];

/** A connected pair; frames sent on the first pass through `tamper`. */
export function memoryLink(tamper: Tamper = (frame) => [frame]): [Transport, Transport] {
  const towardsRight = new Queue<Uint8Array>();
  const towardsLeft = new Queue<Uint8Array>();
  const close = () => {
    towardsRight.end();
    towardsLeft.end();
  };
  const end = (frames: Queue<Uint8Array>, send: (frame: Uint8Array) => void): Transport => ({
    kind: 'memory',
    frames,
    send,
    buffered: 0,
    ready: async () => {},
    close,
  });
  return [
    end(towardsLeft, (frame) => {
      for (const passed of tamper(frame)) towardsRight.push(passed);
    }),
    end(towardsRight, (frame) => towardsLeft.push(frame)),
  ];
}
