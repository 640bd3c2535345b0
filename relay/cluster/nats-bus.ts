/** The bus over NATS core: the only door to its client. It keeps nothing: what is published while the server is away is lost, for it would be old when it came. */
import {AuthorizationError, connect, type Msg, type NatsConnection} from '@nats-io/transport-node';
import {NetworkError} from '#protocol/errors.ts';
import {retryDelay} from '#protocol/retry.ts';
import {systemClock} from '../clock.ts';
import type {Log} from '../log.ts';
import {type Bus, maxBusBytes} from './bus.ts';

export interface NatsBusOptions {
  /** `nats://host:4222` or `tls://host:4222`, several with commas between. */
  readonly servers: string;
  readonly token: string | undefined;
  /** Clusters of other names on the same server do not meet. */
  readonly cluster: string;
  readonly log: Log;
}

/** How soon a server that went away is found out, ms: two pings. */
const pingMs = 2000;
const reconnectMs = 500;
/** Answers that are being worked on at once; more are not answered. */
const maxAnswering = 1000;

/** Connects, and goes on trying for as long as it is open: a relay whose bus is away serves on alone. */
export function natsBus({servers, token, cluster, log}: NatsBusOptions): Bus {
  const ended = new AbortController();
  const full = (subject: string) => `bombyx.v1.${cluster}.${subject}`;
  const listeners: [subject: string, take: (message: Msg) => void][] = [];
  let nats: NatsConnection | undefined;
  let isUp = false;
  const turn = (up: boolean) => {
    if (isUp === up) return;
    isUp = up;
    if (up) log('info', 'bus-up', {});
    else log('warn', 'bus-down', {});
  };
  const subscribe = ([subject, take]: (typeof listeners)[number]) => void nats?.subscribe(full(subject), {callback: (error, message) => (error || message.data.length > maxBusBytes ? undefined : take(message))});
  const opening = open({servers, token, log, signal: ended.signal}).then((opened) => {
    nats = opened;
    if (!opened) return;
    turn(true);
    listeners.forEach(subscribe);
    void follow(opened, turn);
  });
  const listen = (...listener: (typeof listeners)[number]) => {
    listeners.push(listener);
    subscribe(listener);
  };
  let answering = 0;
  return {
    get isUp() {
      return isUp;
    },
    publish: (subject, body) => {
      if (isUp && nats?.isClosed() === false && !nats.isDraining()) nats.publish(full(subject), body);
    },
    hear: (subject, hear) => listen(subject, ({data}) => hear(data)),
    answer: (subject, answer) =>
      listen(subject, (message) => {
        if (answering >= maxAnswering) return;
        answering += 1;
        // Where the work fails, or the bus was closed meanwhile, the other side hears nothing.
        void (async () => message.respond(await answer(message.data)))()
          .catch(() => {})
          .finally(() => {
            answering -= 1;
          });
      }),
    ask: async (subject, body, ms) => {
      if (!nats || !isUp) throw new NetworkError('offline', 'the bus is down');
      try {
        return (await nats.request(full(subject), body, {timeout: ms})).data;
      } catch (cause) {
        throw new NetworkError('offline', 'no answer on the bus', {cause});
      }
    },
    close: async () => {
      ended.abort();
      await opening;
      turn(false);
      // Unlike `close` it lets the server know first: nobody's question goes to one that is gone.
      if (nats && !nats.isClosed()) await nats.drain().catch(() => nats?.close());
    },
  };
}

/** The first connection; undefined where it was aborted before. */
async function open({servers, token, log, signal}: Pick<NatsBusOptions, 'servers' | 'token' | 'log'> & {signal: AbortSignal}): Promise<NatsConnection | undefined> {
  let told: 'refused' | 'away' | undefined;
  while (!signal.aborted) {
    try {
      return await connect({
        servers: servers.split(','),
        ...(token === undefined ? {} : {token}),
        name: 'bombyx relay',
        noEcho: true,
        maxReconnectAttempts: -1,
        reconnectTimeWait: reconnectMs,
        reconnectJitter: reconnectMs,
        pingInterval: pingMs,
        maxPingOut: 2,
        ignoreClusterUpdates: true,
      });
    } catch (error) {
      const isRefused = error instanceof AuthorizationError;
      if (isRefused && told !== 'refused') log('error', 'bus-refused', {});
      if (!isRefused && told !== 'away') log('error', 'bus-away', {});
      told = isRefused ? 'refused' : 'away';
      await systemClock.sleep(retryDelay(1, Math.random()), signal).catch(() => {});
    }
  }
  return undefined;
}

async function follow(nats: NatsConnection, turn: (up: boolean) => void): Promise<void> {
  for await (const {type} of nats.status()) {
    if (type === 'disconnect' || type === 'staleConnection') turn(false);
    else if (type === 'reconnect') turn(true);
  }
}
