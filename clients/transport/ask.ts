import type { TypedOperation } from '@haat/schema/clients/typed-operation';
import { headersOf, urlOf, type AnsweredError, type TransportOptions } from './options.js';

/** What an operation was answered with. */
export interface Answered<D> {
  readonly data?: D | null;
  readonly errors?: readonly AnsweredError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What one request may have beside its variables. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** The header `idempotency-key`: with it a mutation that is sent again happens once. */
  readonly idempotencyKey?: string;
}

const timeoutMsUsual = 15_000;

/** Sends one operation by its id. Throws when the door cannot be reached, or does not answer as GraphQL. */
export async function ask<D, V>(transport: TransportOptions, operation: TypedOperation<D, V>, variables: V, options: AskOptions = {}): Promise<Answered<D>> {
  // Asked twice a query says the same; what changes something may have been done.
  const tries = operation.kind === 'query' ? 2 : 1;
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await send(transport, operation, variables, options, false);
      return isTokenRefused(answer) && transport.token ? await send(transport, operation, variables, options, true) : answer;
    } catch (error) {
      if (tried >= tries || options.signal?.aborted) throw error;
    }
  }
}

async function send<D, V>(transport: TransportOptions, operation: TypedOperation<D, V>, variables: V, { signal, idempotencyKey }: AskOptions, isRefused: boolean): Promise<Answered<D>> {
  const timeout = AbortSignal.timeout(transport.timeoutMs ?? timeoutMsUsual);
  const response = await fetch(urlOf(transport), {
    method: 'POST',
    headers: {
      ...(await headersOf(transport, isRefused)), 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json',
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify({ id: operation.id, ...(transport.sendsTexts && { query: operation.text }), operationName: operation.name, variables }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Answered<D>;
  } catch {
    throw new Error(`The door answered ${response.status} and no GraphQL.`);
  }
}

function isTokenRefused({ data, errors }: Answered<unknown>): boolean {
  return !data && errors?.[0]?.extensions?.['code'] === 'UNAUTHENTICATED' && errors[0].path === undefined;
}
