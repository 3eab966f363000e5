import { badInput, deadlineExceeded, Refusal, unavailable } from '@haat/kit/refusal';

/** What a failure asks for: another try, another connection (and try), or nothing of the kind. */
export type Failure = 'again' | 'connection' | 'other';

/** A lock was not had in time. */
export const lockTimeout = '55P03';
const statementTimeout = '57014';
/** A null character, which no Postgres text holds, plain or in JSON. */
const notText = new Set(['22021', '22P05']);

/** Serialization failure and deadlock: the database itself asks to try again. */
const again = new Set(['40001', '40P01']);

/** SQLSTATE class 08, a server that goes down or comes up, and the operating system's own names. */
const connection = /^(?:08...|57P0[1235]|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;
const connectionWords = /Connection terminated|connection error|not queryable|Client was closed/i;

/** Sorts what the driver threw, however wrapped. */
export function failureOf(error: unknown): Failure {
  const state = sqlStateOf(error) ?? '';
  if (again.has(state)) return 'again';
  const { message } = thrownByDriver(error);
  return connection.test(state) || (message !== undefined && connectionWords.test(message)) ? 'connection' : 'other';
}

/** The SQLSTATE (or the operating system's name) of what the driver threw, however wrapped. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code } = thrownByDriver(error);
  return typeof code === 'string' ? code : undefined;
}

/** In words for clients where it is about the server's state and not about the statement: a coded refusal at once, not a riddle. */
export function spoken(error: unknown, subgraph: string): unknown {
  const state = sqlStateOf(error);
  if (state === statementTimeout) return Object.assign(deadlineExceeded(subgraph), { cause: error });
  if (state !== undefined && notText.has(state)) return Object.assign(badInput([{ path: ['input'], message: 'expected text without null characters' }]), { cause: error });
  if (isHalf(thrownByDriver(error))) return Object.assign(badInput([{ path: ['input'], message: 'expected whole characters' }]), { cause: error });
  return state === lockTimeout || failureOf(error) === 'connection' ? Object.assign(unavailable(subgraph), { cause: error }) : error;
}

function thrownByDriver(error: unknown): Thrown {
  if (error instanceof Refusal) return error.cause === undefined ? {} : thrownByDriver(error.cause);
  if (typeof error !== 'object' || error === null) return {};
  return 'driverError' in error ? thrownByDriver(error.driverError) : error;
}

interface Thrown {
  readonly code?: unknown;
  readonly message?: string;
  readonly detail?: string;
}

/** Half of a surrogate pair, which JSON can name and no Postgres text holds. */
function isHalf({ code, detail = '' }: Thrown): boolean {
  return code === '22P02' && /^Unicode (?:high|low) surrogate/.test(detail);
}
