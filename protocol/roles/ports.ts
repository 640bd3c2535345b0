/** What the roles need of their host: a link and a clock. Each port belongs to its caller and has an in-memory twin. */

/** How a link is carried. */
export type LinkKind = 'websocket' | 'webrtc' | 'memory';

/** A link that carries whole frames, in order, to one other side. */
export interface Transport {
  readonly kind: LinkKind;
  /** Frames from the other side, at most `limits.maxFrameBytes` each; ends when the link is closed by either side. Read it once. */
  readonly frames: AsyncIterable<Uint8Array>;
  /** Queues a frame; does nothing after the link has closed. The frame must not be changed afterwards. */
  send(frame: Uint8Array): void;
  /** Bytes queued here and not yet taken by the network. */
  readonly buffered: number;
  /** Resolves when the link can take more without growing its queue, or has closed. */
  ready(): Promise<void>;
  /** Takes no more frames either way, hands over what was queued where the network still can, and closes. */
  close(): void;
}

/** Time, so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
