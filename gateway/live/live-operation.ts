import { createHash } from 'node:crypto';
import type { LiveField } from '@haat/kit/live-field';
import { badInput } from '@haat/kit/refusal';
import {
  getArgumentValues, getOperationAST, getVariableValues, GraphQLError, Kind, parse, validate, type DocumentNode, type FieldNode, type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { ceilings } from '../limits/limits.js';
import type { AskedOperation } from '../operations/asked-operation.js';
import { liveLimits } from './live-limits.js';
import { refetchDocument } from './refetch-document.js';

/** A subscription as a client asks for it. */
export interface AskedSubscription {
  readonly asked: AskedOperation;
  /** Whether the client asks to be held to known operations. */
  readonly isHeld: boolean;
  /** The cursor to go on from, where it does not come as the argument `after`. */
  readonly after?: string;
}

/** A subscription's text and what came with it. */
export interface SubscriptionText {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly after?: string;
}

/** A valid subscription, and how its selection is asked again as a query. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly field: FieldNode;
  readonly live: LiveField;
  /** The name under which the field is answered. */
  readonly responseName: string;
  /** The text of the query that answers, with {@link refetchVariables} of the client's own. */
  readonly refetch: string;
  readonly refetchVariables: ReadonlySet<string>;
}

/** A prepared subscription with its variables. */
export interface LiveOperation extends PreparedOperation {
  readonly args: Readonly<Record<string, unknown>>;
  /** The cursor to go on from. */
  readonly after?: string;
  /** The client's variables that the selection uses. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** The same for what is asked alike, whatever the event. */
  readonly refetchKey: string;
}

/** Reads subscriptions over one schema, each text once as long as it is remembered. */
export interface LiveOperations {
  /** Throws a `GraphQLError` for what is not valid, or no live field. */
  prepare(asked: SubscriptionText): PreparedOperation;
  /** The same with variables. Throws `BAD_USER_INPUT` for those that do not fit. */
  withVariables(prepared: PreparedOperation, asked: SubscriptionText): LiveOperation;
}

/** Makes it. */
export function liveOperations(schema: GraphQLSchema, fields: ReadonlyMap<string, LiveField>): LiveOperations {
  const kept = new LRUCache<string, PreparedOperation>({ max: liveLimits.preparedMax });
  return {
    prepare(asked) {
      const key = `${asked.operationName ?? ''} ${asked.query}`;
      const prepared = kept.get(key) ?? prepare(schema, fields, asked);
      kept.set(key, prepared);
      return prepared;
    },
    withVariables: (prepared, asked) => withVariables(schema, prepared, asked),
  };
}

/** The cursor that came in an operation's extensions: for operations that have no variable for it. */
export function afterIn(extensions: unknown): string | undefined {
  const after = typeof extensions === 'object' && extensions !== null ? (extensions as { after?: unknown }).after : undefined;
  return typeof after === 'string' ? after : undefined;
}

/** Whether a text asks for a subscription; one that cannot be read asks for nothing. */
export function asksForSubscription(query: string, operationName: unknown): boolean {
  // Most texts are told by their words alone.
  if (!query.includes('subscription')) return false;
  try {
    const name = typeof operationName === 'string' ? operationName : undefined;
    return getOperationAST(parse(query, { noLocation: true, maxTokens: ceilings.queryTokens }), name)?.operation === 'subscription';
  } catch {
    return false;
  }
}

/** What came with an operation, by the shapes that each part must have. Refuses others with `BAD_USER_INPUT`. */
export function subscriptionText(query: string, { asked: { variables, operationName }, after }: AskedSubscription): SubscriptionText {
  const values: unknown = typeof variables === 'string' ? parsedVariables(variables) : (variables ?? {});
  if (typeof values !== 'object' || values === null || Array.isArray(values)) throw badInput([{ path: ['variables'], message: 'expected an object' }]);
  return { query, variables: values as Record<string, unknown>, operationName: typeof operationName === 'string' ? operationName : undefined, after };
}

/** By GET they come as a text. */
function parsedVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput([{ path: ['variables'], message: 'expected JSON' }]);
  }
}

function prepare(schema: GraphQLSchema, fields: ReadonlyMap<string, LiveField>, { query, operationName }: SubscriptionText): PreparedOperation {
  const document = parse(query, { noLocation: true, maxTokens: ceilings.queryTokens });
  const invalid = errorsIn(schema, document);
  if (invalid) throw invalid;
  const operation = getOperationAST(document, operationName);
  const [field] = operation?.selectionSet.selections ?? [];
  if (operation?.operation !== 'subscription' || field?.kind !== Kind.FIELD || operation.selectionSet.selections.length !== 1) {
    throw invalidOperation('Expected a subscription with one field at its root, and not in a fragment.');
  }
  const live = fields.get(field.name.value);
  if (!live) throw invalidOperation(`The field ${field.name.value} is not fed by anything.`);
  const refetch = refetchDocument(schema, document, operation, field, live);
  const wrong = errorsIn(schema, parse(refetch));
  if (wrong) throw new Error(`A live field's selection cannot be asked of its answer: ${wrong.message}`);
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const refetchVariables = new Set(names.filter((name) => new RegExp(`\\$${name}\\b`).test(refetch)));
  return { document, operation, field, live, responseName: (field.alias ?? field.name).value, refetch, refetchVariables };
}

/** GraphQL's own check throws for some of what it should answer, such as a condition at a subscription's root. */
function errorsIn(schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined {
  try {
    const [first] = validate(schema, document, undefined, { maxErrors: 1 });
    return first && invalidOperation(first.message);
  } catch (error) {
    return invalidOperation(error instanceof Error ? error.message : String(error));
  }
}

function withVariables(schema: GraphQLSchema, prepared: PreparedOperation, { variables, operationName, after: lastSeen }: SubscriptionText): LiveOperation {
  const given = variables;
  const coerced = getVariableValues(schema, prepared.operation.variableDefinitions ?? [], given);
  if (coerced.errors) throw badInput(coerced.errors.map(({ message }) => ({ path: ['variables'], message })));
  const definition = schema.getSubscriptionType()?.getFields()[prepared.field.name.value];
  const { after, ...args } = definition ? getArgumentValues(definition, prepared.field, coerced.coerced) : {};
  const used = Object.fromEntries(Object.entries(given).filter(([name]) => prepared.refetchVariables.has(name)));
  return {
    ...prepared, args,
    after: lastSeen ?? (typeof after === 'string' ? after : undefined),
    variables: used,
    operationName: operationName ?? prepared.operation.name?.value,
    refetchKey: createHash('sha256').update(JSON.stringify([prepared.refetch, used])).digest('base64url'),
  };
}

function invalidOperation(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}
