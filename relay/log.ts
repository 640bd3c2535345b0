/** Structured logs: one JSON line each, to standard error. Never content, query strings or addresses of people. */

export type LogLevel = 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, event: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

/** Writes lines to `write`, by default standard error. */
export const jsonLog = (write: (line: string) => void = (line) => process.stderr.write(line)): Log => (level, event, fields = {}) =>
  write(`${JSON.stringify({time: new Date().toISOString(), level, event, ...fields})}\n`);

/** Says nothing; for tests. */
export const silentLog: Log = () => {};
