/** What a statement failed with, as far as it decides what to do next. */
export type Failure = 'again' | 'connection' | 'other';

/** Serialization failure and deadlock: the database itself asks to try again. */
const again = new Set(['40001', '40P01']);

/** SQLSTATE class 08, the server going down or coming up, and the operating system's own names. */
const connection = /^(?:08...|57P0[1235]|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;
const connectionWords = /Connection terminated|connection is closed|Client has encountered a connection error|not queryable|Client was closed/i;

/** Sorts what TypeORM or the driver threw. */
export function failureOf(error: unknown): Failure {
  const code = sqlStateOf(error);
  if (code !== undefined && again.has(code)) return 'again';
  if (code !== undefined && connection.test(code)) return 'connection';
  return error instanceof Error && connectionWords.test(error.message) ? 'connection' : 'other';
}

/** The SQLSTATE (or the operating system's name) of an error, however wrapped. */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' ? code : sqlStateOf(driverError);
}
