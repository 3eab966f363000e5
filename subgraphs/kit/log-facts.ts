/** The longest text in a line, in characters; the whole line has at most four times that. */
export const logTextMax = 16 * 1024;

const lineCharactersMax = 4 * logTextMax;
const depthMax = 6;
const entriesMax = 100;
const redacted = '[redacted]';

/** Values under these names never reach a log, however they are written: `newPassword`, `new_password`, `New-Password`. */
export const secretNames = [
  'password', 'newPassword', 'currentPassword', 'secret', 'clientSecret', 'token', 'accessToken', 'refreshToken', 'idToken', 'apiToken', 'authorization', 'cookie', 'setCookie',
  'code', 'otp', 'totp', 'recoveryCodes', 'challenge', 'signature', 'apiKey', 'privateKey', 'privateJwk', 'credential', 'credentials', 'email', 'ownerEmail', 'phone', 'cardNumber', 'cvc', 'iban',
];

const secret = new Set(secretNames.map((name) => plain(name)));

/** Whether a value of this name is left out. */
export function isSecretName(name: string): boolean {
  return secret.has(plain(name));
}

/** The facts of a line, cleaned: plain data of bounded depth and size, no secret by name, no secret-looking text. */
export function cleanFacts(facts: Record<string, unknown>): Record<string, unknown> {
  return cleanEntries(facts, { charactersLeft: lineCharactersMax, seen: new Set() }, depthMax);
}

/**
 * A text that stays in its line and its terminal: control characters become spaces (JSON escapes the rest), directions
 * of writing cannot be turned, tokens, addresses and passwords in URLs are left out, and it ends at {@link logTextMax}.
 */
export function cleanText(text: string): string {
  const cut = text.length > logTextMax ? `${text.slice(0, logTextMax)}… (${text.length} characters)` : text;
  return withoutSecrets(cut.replaceAll(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g, ' '));
}

interface Budget {
  charactersLeft: number;
  readonly seen: Set<object>;
}

function clean(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value === 'string') return bounded(cleanText(value), budget);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth === 0 || budget.seen.has(value)) return '[…]';
  budget.seen.add(value);
  const cleaned = cleanObject(value, budget, depth - 1);
  budget.seen.delete(value);
  return cleaned;
}

function cleanObject(value: object, budget: Budget, depth: number): unknown {
  if (value instanceof Error) return cleanError(value, budget, depth);
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  if (value instanceof URL) return bounded(cleanText(value.href), budget);
  if (Array.isArray(value)) return value.slice(0, entriesMax).map((item) => clean(item, budget, depth));
  return cleanEntries(value as Record<string, unknown>, budget, depth);
}

function cleanEntries(facts: Record<string, unknown>, budget: Budget, depth: number): Record<string, unknown> {
  const names = Object.keys(facts).slice(0, entriesMax);
  return Object.fromEntries(names.map((name) => [bounded(cleanText(name), budget), isSecretName(name) ? redacted : clean(facts[name], budget, depth)]));
}

/** Of an error only what helps and cannot hold a person's data: a driver's own fields carry statements and their values. */
function cleanError(error: Error, budget: Budget, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: bounded(cleanText(error.message), budget),
    code: typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined,
    stack: bounded(cleanText(error.stack ?? ''), budget),
    cause: error.cause === undefined ? undefined : clean(error.cause, budget, depth),
    errors: error instanceof AggregateError ? clean(error.errors, budget, depth) : undefined,
  };
}

function bounded(text: string, budget: Budget): string {
  const kept = text.length > budget.charactersLeft ? `${text.slice(0, budget.charactersLeft)}…` : text;
  budget.charactersLeft = Math.max(0, budget.charactersLeft - text.length);
  return kept;
}

/** Shapes of what must not be logged wherever it stands: bearer tokens, JWTs, passwords in URLs, mail addresses, card numbers. */
function withoutSecrets(text: string): string {
  let safe = text;
  if (safe.includes('earer ')) safe = safe.replaceAll(/\b([Bb]earer) [\w.~+/=-]+/g, `$1 ${redacted}`);
  if (safe.includes('eyJ')) safe = safe.replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w.-]*/g, redacted);
  if (safe.includes('://')) safe = safe.replaceAll(/:\/\/[^\s/@]{1,200}@/g, `://${redacted}@`);
  if (safe.includes('@')) safe = safe.replaceAll(/[^\s@"'<>()[\]=:,;/]{1,64}@[^\s@"'<>()[\]=:,;/]{1,190}\.\w{2,24}/g, redacted);
  return safe.replaceAll(/\b\d(?:[ -]?\d){12,18}\b/g, (digits) => (isCardNumber(digits) ? redacted : digits));
}

/** ISO/IEC 7812: the Luhn check. A time in milliseconds passes it once in ten; 13 digits beginning with 1 are no card. */
function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (/^[01]/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}
