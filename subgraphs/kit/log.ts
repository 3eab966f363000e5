import { pino, type LogFn, type Logger } from 'pino';
import { cleanFacts, cleanText, isSecretName, secretNames } from './log-facts.js';

/** A structured log: one JSON line each, secrets and personal data left out. */
export type Log = Logger;

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The names pino writes by itself; a fact of such a name would forge the line's own. */
const ownNames = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg']);

/**
 * Makes the log of one part of the system. `level` is pino's, from trace to silent; `HAAT_LOG` decides where nothing is
 * said. Values under secret names are left out at every depth, texts are cut at 16 KB and cannot break out of their line.
 */
export function makeLog(name: string, level: string = process.env['HAAT_LOG'] || 'info', destination?: { write(line: string): void }): Log {
  if (!(levels as readonly string[]).includes(level)) throw new Error(`HAAT_LOG: expected one of ${levels.join(', ')}, came "${level.slice(0, 20)}".`);
  return pino({
    name,
    level,
    // What a child log is bound to passes no formatter, so its names are held back here.
    redact: { paths: secretNames, censor: '[redacted]' },
    formatters: { log: (facts) => withoutOwnNames(cleanFacts(facts)) },
    // The error is plain data by then.
    serializers: { err: (error: unknown) => error },
    hooks: { logMethod: cleanly },
  }, destination);
}

/** A log that says with each line in which tenant and request it is. */
export function requestLog(log: Log, tenantId: string, requestId: string): Log {
  return log.child({ tenant: cleanText(tenantId), request: cleanText(requestId) });
}

/** pino takes an error's message for the line's where there is none, past every formatter; here it is cleaned first. */
function cleanly(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, message, ...more] = args as unknown[];
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  const facts = first instanceof Error ? { err: first } : first;
  const text = message ?? (error instanceof Error ? error.message : undefined);
  const cleaned = [facts, text, ...more].map((part) => (typeof part === 'string' ? cleanText(part) : part));
  method.apply(this, (text === undefined ? cleaned.slice(0, 1) : cleaned) as Parameters<LogFn>);
}

function withoutOwnNames(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [ownNames.has(name) ? `_${name}` : name, isSecretName(name) ? '[redacted]' : value]));
}
