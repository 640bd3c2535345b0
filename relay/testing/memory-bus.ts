/** Buses in one process that all meet, and can be cut apart: the twin of the bus over NATS. */
import {NetworkError} from '#protocol/errors.ts';
import type {Bus} from '../cluster/bus.ts';

export interface MemoryBuses {
  join(): Bus;
  /** Splits them: those of one island hear only each other. None given heals it. */
  cut(...islands: readonly (readonly Bus[])[]): void;
}

interface Member {
  readonly hears: Map<string, ((body: Uint8Array) => void)[]>;
  readonly answers: Map<string, (body: Uint8Array) => Uint8Array | Promise<Uint8Array>>;
}

export function memoryBuses(): MemoryBuses {
  const members = new Map<Bus, Member>();
  let islands: readonly (readonly Bus[])[] = [];
  const islandOf = (bus: Bus) => islands.findIndex((island) => island.includes(bus));
  const reached = (from: Bus) => [...members].filter(([bus]) => bus !== from && members.has(from) && islandOf(bus) === islandOf(from));
  const join = (): Bus => {
    const own: Member = {hears: new Map(), answers: new Map()};
    const bus: Bus = {
      get isUp() {
        return members.has(bus);
      },
      publish: (subject, body) => {
        const copy = body.slice();
        for (const [, {hears}] of reached(bus)) for (const hear of hears.get(subject) ?? []) queueMicrotask(() => hear(copy));
      },
      hear: (subject, hear) => void own.hears.set(subject, [...(own.hears.get(subject) ?? []), hear]),
      answer: (subject, answer) => void own.answers.set(subject, answer),
      ask: async (subject, body) => {
        const [found] = reached(bus).filter(([, {answers}]) => answers.has(subject));
        try {
          const said = await found?.[1].answers.get(subject)?.(body.slice());
          // One that closed while it worked on it says nothing any more.
          if (said && found && members.has(found[0])) return said.slice();
        } catch {}
        throw new NetworkError('offline', 'no answer on the bus');
      },
      close: async () => void members.delete(bus),
    };
    members.set(bus, own);
    return bus;
  };
  return {
    join,
    cut: (...parts) => {
      islands = parts;
    },
  };
}
