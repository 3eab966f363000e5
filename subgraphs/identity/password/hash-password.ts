import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '@haat/kit/refusal';

/** The library's number of argon2id (RFC 9106); its own enum exists at compile time only. */
const argon2id = 2;

/** OWASP's first choice of parameters for argon2id: 19 MiB, two passes, one lane. */
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const parametersText = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** How many hashes are made at once; more wait, so that sign-ins never take all of the machine. */
const hashingMax = 2;

/** How many may wait; above it they are refused, so that memory is bounded. */
const hashingQueueMax = 200;

/** Hashes a password that passed the policy. */
export function hashPassword(password: string): Promise<string> {
  return queued(() => hash(normalised(password), parameters));
}

/**
 * Whether the password is the account's. Takes as long when there is no account or no password, so that nobody learns
 * from the clock which accounts exist.
 */
export async function isPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  const matches = await queued(() => verify(kept ?? nobodysHash, normalised(password)));
  return matches && kept !== null && kept !== undefined;
}

/** Whether a kept hash was made with weaker parameters than today's. */
export function needsRehash(kept: string): boolean {
  return !kept.startsWith(parametersText);
}

/** One password typed on two keyboards is one password (RFC 8265 section 4). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

/** The hash of a random text that nobody knows, with today's parameters. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$hyc+7GJJlP6X8HxD19hO/w$zSxilkZzITk836bb4jwZOQ7UdD4i3qK6Ra1Kh1rWaQA';

let running = 0;
const waiting: (() => void)[] = [];

async function queued<T>(work: () => Promise<T>): Promise<T> {
  if (running >= hashingMax) await place();
  else running += 1;
  try {
    return await work();
  } finally {
    // The place goes to who waits longest, never back first: somebody new would take it as well.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function place(): Promise<void> {
  if (waiting.length >= hashingQueueMax) throw new Refusal('RATE_LIMITED', 'Too many sign-ins at this moment. Try again in a few seconds.');
  return new Promise((resolve) => waiting.push(resolve));
}
