/** Structured logs: one JSON line each, to standard error. Never content, query strings or addresses of people. */
import {TokenBucket} from '#protocol/rate.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, event: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

/** Writes lines to `write`, by default standard error. */
export const jsonLog = (write: (line: string) => void = (line) => process.stderr.write(line)): Log => (level, event, fields = {}) =>
  write(`${JSON.stringify({time: new Date().toISOString(), level, event, ...fields})}\n`);

/** What strangers can bring about as often as they like. */
const provoked: ReadonlySet<string> = new Set(['request-failed', 'signalling-error', 'webrtc-signal-refused', 'kept-out', 'operator-refused', 'operator-locked-out']);
const burst = 20;
const perSecond = 1 / 6;

/** `log`, in which nobody can make the relay write as much as he likes: the next line says how many were left out. */
export function boundedLog(log: Log, now: () => number): Log {
  const events = new Map<string, {readonly lines: TokenBucket; suppressed: number}>();
  return (level, event, fields) => {
    if (!provoked.has(event)) return log(level, event, fields);
    const known = events.get(event) ?? {lines: new TokenBucket({burst, perSecond, now: now()}), suppressed: 0};
    events.set(event, known);
    if (!known.lines.take(now())) {
      known.suppressed += 1;
      return;
    }
    log(level, event, known.suppressed === 0 ? fields : {...fields, suppressed: known.suppressed});
    known.suppressed = 0;
  };
}

/** Says nothing; for tests. */
export const silentLog: Log = () => {};
