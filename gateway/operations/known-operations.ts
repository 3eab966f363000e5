import { badInput, Refusal } from '@haat/kit/refusal';
import type { OperationContext } from '../operation-context.js';
import type { Partners } from '../partners.js';
import { idAsked, type AskedOperation } from './asked-operation.js';
import { operationIdOf, type SafeList } from './safe-list.js';

/** The text to run of what was asked for. */
export interface ResolvedOperation {
  readonly query: string;
  /** The id that it was found by; undefined for a text that was sent and allowed. */
  readonly id?: string;
}

/** Decides which operations may run: the same for HTTP, sockets and event streams. */
export interface KnownOperations {
  /**
   * The text of the operation that a request asks for; undefined when it asks for none, which is no rule of this one's.
   * Refuses with `OPERATION_NOT_ALLOWED` an id that is not registered and, where only known ones may run, any text of the
   * client's own; with `BAD_USER_INPUT` an id that is none, or is another text's. `isHeld`: the client asks for that rule.
   */
  resolve(asked: AskedOperation, context: OperationContext, isHeld: boolean): Promise<ResolvedOperation | undefined>;
}

/** What is decided by. */
export interface KnownOperationsParts {
  /** True: only known operations run. */
  readonly knownOnly: boolean;
  safeList(): SafeList;
  /** Where the operations of partners' programs are; without it they have none. */
  readonly partners?: Partners;
}

/** The client in the safe list whose operations every program of a partner may run: registering its own, seeing its usage. */
const clientOfPartners = 'partner';

/** Makes it. Nothing that is sent here becomes known by it. */
export function knownOperations({ knownOnly, safeList, partners }: KnownOperationsParts): KnownOperations {
  return {
    async resolve(asked, context, isHeld) {
      const id = idAsked(asked);
      const text = typeof asked.query === 'string' && asked.query !== '' ? asked.query : undefined;
      if (id === undefined && asked.query === undefined) return undefined;
      if (id !== undefined && text !== undefined && operationIdOf(text) !== id) {
        throw badInput([{ path: ['id'], message: 'expected the SHA-256 of the text that was sent beside it' }]);
      }
      const known = id === undefined ? undefined : await found(id, context, safeList(), partners);
      if (known) {
        context.record.name = known.name;
        context.record.hash = id;
        return { query: known.text, id };
      }
      if (knownOnly || isHeld) throw id === undefined ? freeText(asked) : notRegistered(id, asked);
      if (text !== undefined) return { query: text };
      if (id !== undefined) throw notRegistered(id, asked);
      return undefined;
    },
  };
}

/** A partner finds the operations of its program; a partner's token that belongs to none, only those that all partners have. */
async function found(id: string, { internal: { tenant, viewer } }: OperationContext, safeList: SafeList, partners?: Partners): Promise<{ readonly name: string; readonly text: string } | undefined> {
  const listed = safeList.get(id);
  if (!viewer.roles.includes('PARTNER')) return listed;
  if (listed?.client === clientOfPartners) return listed;
  if (viewer.partnerAppId === undefined) return undefined;
  return (await partners?.operation(tenant, viewer.partnerAppId, id)) ?? undefined;
}

/** Names the operation as its client does, for the developer who forgot to generate; never by what is registered. */
function notRegistered(id: string, asked: AskedOperation): Refusal {
  const message = `${nameOf(asked, 'The operation')} is not registered under the id ${id.slice(0, 12)}…: add its .graphql file to a client, run npm run generate and deploy schema/operations; or, as a partner, register its text.`;
  return new Refusal('OPERATION_NOT_ALLOWED', message, { id });
}

function freeText(asked: AskedOperation): Refusal {
  return new Refusal('OPERATION_NOT_ALLOWED', `${nameOf(asked, 'This operation')} came as a text. Only registered operations run here: send {"id": "<SHA-256 of its text>", "variables": {…}}.`);
}

/** The longest name that is said again, in characters. */
const nameCharactersMax = 80;

function nameOf({ operationName }: AskedOperation, otherwise: string): string {
  const isName = typeof operationName === 'string' && /^[_A-Za-z]\w*$/.test(operationName) && operationName.length <= nameCharactersMax;
  return isName ? `The operation ${operationName}` : otherwise;
}
