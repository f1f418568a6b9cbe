import { pino } from 'pino';

/** Structured line log. Never pass payloads, tokens or personal data. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  child(fields: object): Log;
}

/** JSON lines on stderr, so that stdout stays for the `ready` line. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}

/** A log that drops everything, for tests. */
export function createSilentLog(): Log {
  const silent: Log = { info() {}, warn() {}, error() {}, debug() {}, child: () => silent };
  return silent;
}
