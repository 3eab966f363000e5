import { z } from 'zod';
import type { AskedOperation } from '../operations/asked-operation.js';
import { liveLimits } from './live-limits.js';

const facts = z.record(z.string(), z.unknown());
const id = z.string().min(1).max(liveLimits.operationIdCharsMax);

/** What a client may say on a socket (`graphql-transport-ws`). */
const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init'), payload: facts.nullish() }),
  z.object({ type: z.literal('ping'), payload: facts.nullish() }),
  z.object({ type: z.literal('pong'), payload: facts.nullish() }),
  z.object({
    type: z.literal('subscribe'), id,
    payload: z.object({ id: z.string().optional(), query: z.string().optional(), operationName: z.string().nullish(), variables: facts.nullish(), extensions: facts.nullish() })
      // Absent and null are the same to GraphQL over HTTP, and not to those who read by key.
      .transform((payload) => Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null && value !== undefined)) as AskedOperation),
  }),
  z.object({ type: z.literal('complete'), id }),
]);

/** One message of a client. */
export type ClientMessage = z.infer<typeof clientMessage>;

/** Reads a text frame; undefined for what is no message. */
export function messageIn(text: string): ClientMessage | undefined {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What may travel in `connection_init` instead of headers, which browsers cannot set on a socket. */
const headersInInit = new Set(['authorization', 'accept-language', 'x-haat-tenant', 'x-haat-cart', 'x-haat-order', 'x-haat-operations']);

/** The headers in an init's payload, whatever their case. */
export function headersIn(payload: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(payload ?? {}).flatMap(([name, value]) =>
    (typeof value === 'string' && headersInInit.has(name.toLowerCase()) ? [[name.toLowerCase(), value]] : [])));
}
