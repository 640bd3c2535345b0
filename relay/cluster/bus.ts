/** What relays of one cluster need to speak with each other: a bus for control, never for what clients and nodes send. */

export interface Bus {
  /** Whether others can be reached now, as far as this side knows. */
  readonly isUp: boolean;
  /** To all others that hear this subject; lost where nobody does, or while the bus is down. Never throws. */
  publish(subject: string, body: Uint8Array): void;
  /** Hears what others publish, in the order in which each of them did; not what this side publishes itself. */
  hear(subject: string, listener: (body: Uint8Array) => void): void;
  /** Answers what others ask; where it throws, or rejects, they hear nothing. */
  answer(subject: string, answer: (body: Uint8Array) => Uint8Array | Promise<Uint8Array>): void;
  /** The answer of one that answers this subject. Rejects with `offline` when none came within `ms`. */
  ask(subject: string, body: Uint8Array, ms: number): Promise<Uint8Array>;
  /** Says goodbye; what was published before still arrives. */
  close(): Promise<void>;
}

/** Largest body, bytes: below what NATS lets through by default. */
export const maxBusBytes = 512 * 1024;
