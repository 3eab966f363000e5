import { pino, type Logger } from 'pino';

/** A structured log: one JSON line each, secrets redacted by name. */
export type Log = Logger;

/** Values under these names never reach a log, at any of the first three levels. */
const secretNames = ['password', 'newPassword', 'secret', 'token', 'accessToken', 'refreshToken', 'authorization', 'code', 'cookie', 'email', 'phone'];

/** Makes the log of one part of the system. `level` is pino's: trace, debug, info, warn, error, silent. */
export function makeLog(name: string, level: string = 'info', destination?: { write(line: string): void }): Log {
  const paths = secretNames.flatMap((n) => [n, `*.${n}`, `*.*.${n}`]);
  return pino({ name, level, redact: { paths, censor: '[redacted]' } }, destination);
}
