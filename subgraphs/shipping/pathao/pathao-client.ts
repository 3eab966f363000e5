import { boundary } from '@haat/kit/boundary';
import { z } from 'zod';
import { CarrierBusy, CarrierRefusal, CarrierSilent } from '../carrier/carrier.js';

/** The largest answer that is read, in characters. */
const answerCharactersMax = 256_000;
/** A token is renewed this long before it ends, in seconds. */
const renewSeconds = 3_600;

/** What lets us in. */
export interface PathaoTokens {
  readonly access: string;
  readonly refresh: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** Where tokens are kept from one call to the next. */
export interface TokenShelf {
  read(): Promise<PathaoTokens | null>;
  write(tokens: PathaoTokens): Promise<void>;
}

/** How Pathao is reached. */
export interface PathaoOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string; readonly username: string; readonly password: string };
  readonly tokens: TokenShelf;
  now(): Date;
}

const issued = z.object({ token_type: z.string(), expires_in: z.number().int().positive(), access_token: z.string().min(1), refresh_token: z.string().min(1) });
const envelope = z.object({ type: z.string().optional(), message: z.string().optional(), data: z.unknown().optional(), errors: z.unknown().optional() });
/** Nothing was sent: nobody was there. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Pathao's merchant API (`/aladdin/api/v1`): JSON in an envelope, a token that holds five days and is renewed by another. */
export class PathaoClient {
  #tokens: PathaoTokens | null | undefined;

  constructor(private readonly options: PathaoOptions) {}

  /** Calls an endpoint and answers its `data`. A token that is not taken any more is renewed once. */
  async call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const first = await this.#send(method, path, await this.#token(), body);
    const { status, text } = first.status === 401 ? await this.#send(method, path, await this.#renewed(), body) : first;
    if (status >= 200 && status < 300) return dataOf(text);
    throw failure(status, text);
  }

  /** A token, new where there is none that holds; throws where the account is none. */
  async signIn(): Promise<void> {
    await this.#renewed();
  }

  async #token(): Promise<string> {
    this.#tokens ??= await this.options.tokens.read();
    const holds = this.#tokens && this.#tokens.expiresAtMs - renewSeconds * 1_000 > this.options.now().getTime();
    return holds && this.#tokens ? this.#tokens.access : this.#renewed();
  }

  /** By the refresh token, or by name and password where that is not taken. */
  async #renewed(): Promise<string> {
    const { clientId, clientSecret, username, password } = this.options.credentials;
    const client = { client_id: clientId, client_secret: clientSecret };
    const { refresh } = this.#tokens ?? {};
    const byRefresh = refresh === undefined ? undefined : await this.#issue({ ...client, grant_type: 'refresh_token', refresh_token: refresh });
    const answer = byRefresh?.status === 200 ? byRefresh : await this.#issue({ ...client, grant_type: 'password', username, password });
    if (answer.status !== 200) throw answer.status >= 500 || answer.status === 429 ? new CarrierBusy(`Pathao gave no token: ${answer.status}.`) : new CarrierRefusal(['Pathao does not let this account in.']);
    const read = issued.safeParse(json(answer.text));
    if (!read.success) throw new CarrierBusy('Pathao gave no token that can be read.');
    this.#tokens = { access: read.data.access_token, refresh: read.data.refresh_token, expiresAtMs: this.options.now().getTime() + read.data.expires_in * 1_000 };
    await this.options.tokens.write(this.#tokens);
    return this.#tokens.access;
  }

  /** Asking for a token takes no parcel: whatever goes wrong, it is only busy. */
  async #issue(body: object): Promise<Answer> {
    try {
      return await this.#send('POST', '/aladdin/api/v1/issue-token', undefined, body);
    } catch (error) {
      throw new CarrierBusy('Pathao gave no token.', { cause: error });
    }
  }

  async #send(method: 'GET' | 'POST', path: string, token: string | undefined, body?: object): Promise<Answer> {
    const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    try {
      await boundary('shipping/pathao:before');
      const response = await fetch(this.options.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }), redirect: 'error', signal: AbortSignal.timeout(this.options.timeoutMs) });
      const text = (await response.text()).slice(0, answerCharactersMax);
      await boundary('shipping/pathao:after');
      return { status: response.status, text };
    } catch (error) {
      const code = ((error as { cause?: { code?: unknown } }).cause ?? {}).code;
      throw typeof code === 'string' && neverSent.has(code) ? new CarrierBusy('Pathao cannot be reached.', { cause: error }) : new CarrierSilent('Pathao did not answer.', { cause: error });
    }
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function dataOf(text: string): unknown {
  const read = envelope.safeParse(json(text));
  if (!read.success) throw new CarrierSilent('Pathao gave an answer that cannot be read.');
  if (read.data.type === 'error') throw new CarrierRefusal(reasonsOf(read.data));
  return read.data.data;
}

/** A 4xx is for good, but where it says that we come too often or too early; a 5xx tells nothing of what was done. */
function failure(status: number, text: string): Error {
  if (status >= 500 || status === 408) return new CarrierSilent(`Pathao answered ${status}.`);
  if ([401, 403, 425, 429].includes(status)) return new CarrierBusy(`Pathao answered ${status}.`);
  const read = envelope.safeParse(json(text));
  return new CarrierRefusal(read.success ? reasonsOf(read.data) : [`Pathao answered ${status}.`]);
}

/** `errors` is an object of lists by field. */
function reasonsOf({ message, errors }: { message?: string; errors?: unknown }): string[] {
  const named = z.record(z.string(), z.union([z.string(), z.array(z.string())])).safeParse(errors);
  const reasons = named.success ? Object.values(named.data).flat().slice(0, 20).map((reason) => reason.slice(0, 300)) : [];
  return reasons.length > 0 ? reasons : [(message ?? 'Pathao refused it.').slice(0, 300)];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
