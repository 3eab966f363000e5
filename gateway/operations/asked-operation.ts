import { badInput } from '@haat/kit/refusal';
import type { DoorRequest } from '../door-message.js';
import { operationIdPattern } from './safe-list.js';

/** What a request says of its operation, as it came: the fields of a POST's body or of a socket's `subscribe`. */
export interface AskedOperation {
  /** SHA-256 of the operation's text, hex. */
  readonly id?: unknown;
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** The header, and the key in a socket's `connectionParams`, by which development tries production's rule. */
export const knownOnlyHeader = 'x-haat-operations';

/** Whether a client asks to be held to known operations; any other value is refused with `BAD_USER_INPUT`, since it would have no effect. */
export function asksForKnownOnly(value: unknown): boolean {
  if (value === undefined) return false;
  if (value !== 'known') throw badInput([{ path: [knownOnlyHeader], message: 'expected the header to say known, or to be left out' }]);
  return true;
}

/** The fields of a GET, by GraphQL over HTTP. What is given twice is refused with `BAD_USER_INPUT`. */
export function askedByGet(search: string): AskedOperation {
  const parameters = new URLSearchParams(search);
  const only = (name: string): string | undefined => {
    const values = parameters.getAll(name);
    if (values.length > 1) throw badInput([{ path: [name], message: 'expected it once' }]);
    return values[0];
  };
  return { id: only('id'), query: only('query'), operationName: only('operationName'), variables: only('variables'), extensions: only('extensions') };
}

/** What a request asks for, whatever its method. */
export function askedOperation(request: DoorRequest, body: unknown): AskedOperation {
  return request.method === 'GET' ? askedByGet(request.search) : (body as AskedOperation);
}

/** The id that a request names, in either of the two ways. Refuses with `BAD_USER_INPUT` what is no id, and two that differ. */
export function idAsked({ id, extensions }: AskedOperation): string | undefined {
  const hash = persistedHash(extensions);
  if (id !== undefined && hash !== undefined && id !== hash) throw badInput([{ path: ['id'], message: 'expected the same as extensions.persistedQuery.sha256Hash' }]);
  const said = id ?? hash;
  if (said === undefined) return undefined;
  if (typeof said === 'string' && operationIdPattern.test(said)) return said;
  throw badInput([{ path: [id === undefined ? 'extensions.persistedQuery.sha256Hash' : 'id'], message: 'expected the SHA-256 of an operation\'s text, as 64 small hexadecimal digits' }]);
}

/** The extensions without the id, which is resolved here: those behind would take it for a registration. */
export function withoutPersistedQuery(extensions: unknown): unknown {
  const value = extensionsIn(extensions);
  if (!isRecord(value) || !('persistedQuery' in value)) return extensions;
  const { persistedQuery: _, ...rest } = value;
  return typeof extensions === 'string' ? JSON.stringify(rest) : rest;
}

function persistedHash(extensions: unknown): unknown {
  const value = extensionsIn(extensions);
  const persisted = isRecord(value) ? value['persistedQuery'] : undefined;
  return isRecord(persisted) ? (persisted['sha256Hash'] ?? '') : persisted;
}

/** By GET they come as a text; one that is no JSON is left to those who refuse it. */
function extensionsIn(extensions: unknown): unknown {
  if (typeof extensions !== 'string') return extensions;
  try {
    return JSON.parse(extensions);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
