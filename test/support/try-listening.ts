import { fetch } from 'undici';
import type { Answer, Asker, Door } from './graph.js';

/** Begins a subscription as server-sent events and ends it at once. Answers `{ isListening: true }` for its field, or what it was refused with. */
export async function tryListening(door: Door, { tenant, token, headers }: Asker, query: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> {
  const stopping = new AbortController();
  const response = await fetch(`${door.url}/graphql`, {
    method: 'POST', signal: stopping.signal, body: JSON.stringify({ query, variables }),
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-haat-tenant': tenant, ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
  });
  if (response.status !== 200) {
    const text = await response.text();
    return { status: response.status, text, ...(JSON.parse(text) as Pick<Answer, 'errors'>) };
  }
  stopping.abort();
  const field = /\{\s*(\w+)/.exec(query.slice(query.indexOf('{')))?.[1] ?? '';
  return { status: 200, text: 'listening', data: { [field]: { isListening: true } } };
}
