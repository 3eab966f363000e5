import { Refusal } from '@haat/kit/refusal';

interface Limit {
  /** What holds where the tenant's plan says nothing else. */
  readonly usual: number;
  /** How far a tenant's plan may lift it: what we would not survive is not for sale. */
  readonly ceiling: number;
}

/**
 * How large an operation may be, by the names under which a tenant's `limits` may set another value. Everything but the
 * text itself is counted after fragments are expanded.
 */
export const operationLimits = {
  /** Characters of the document. */
  queryCharacters: { usual: 64 * 1024, ceiling: 256 * 1024 },
  /** Lexical tokens of the document (GraphQL, section 2.1.6), comments left out. */
  queryTokens: { usual: 4_000, ceiling: 10_000 },
  /** Fragments that the document defines: validation compares them in pairs. */
  queryFragments: { usual: 60, ceiling: 120 },
  /** Directives, of the document and of what it expands to. */
  queryDirectives: { usual: 50, ceiling: 200 },
  /** Fields, spreads and inline fragments. */
  querySelections: { usual: 1_000, ceiling: 3_000 },
  /** Levels of fields, leaves included. */
  queryDepth: { usual: 12, ceiling: 20 },
  /** Fields under another name than their own. */
  queryAliases: { usual: 15, ceiling: 100 },
  /** Fields that answer under one name at one place: validation compares them in pairs. */
  queryRepeats: { usual: 30, ceiling: 60 },
  /** Arguments of one field, and variables of an operation. */
  queryArguments: { usual: 50, ceiling: 100 },
  /** Fields of a query at its root. */
  queryRootFields: { usual: 20, ceiling: 50 },
  /** Fields of a mutation at its root. */
  queryMutations: { usual: 4, ceiling: 20 },
  /** Points: see cost.ts. */
  queryCost: { usual: 20_000, ceiling: 200_000 },
  /** Entries of one page, by `first` or `last`. */
  pageSize: { usual: 100, ceiling: 1_000 },
} as const satisfies Record<string, Limit>;

/** The name of one limit of an operation. */
export type OperationLimit = keyof typeof operationLimits;

/** How large an operation may be in one tenant. */
export type OperationLimits = Readonly<Record<OperationLimit, number>>;

/** The most that any tenant's may be: where measuring stops. */
export const ceilings: OperationLimits = valuesOf(({ ceiling }) => ceiling);

/** The limits in a tenant, by what its plan says. What is no sound limit counts as not said. */
export function limitsFor(planLimits: Readonly<Record<string, number>>): OperationLimits {
  return valuesOf(({ usual, ceiling }, name) => {
    const said = Object.hasOwn(planLimits, name) ? planLimits[name] : undefined;
    return said !== undefined && said >= 1 ? Math.min(said, ceiling) : usual;
  });
}

/** Refused for its size, before anything is planned. `limit` and `counted` travel as facts, `limit` by its name; and what to ask for less of. */
export function tooExpensive(limit: OperationLimit, counted: number, limits: OperationLimits, dearest?: readonly { readonly path: string; readonly points: number }[]): Refusal {
  const where = dearest ? ` The dearest fields are ${dearest.map(({ path, points }) => `${path} (${points})`).join(', ')}: ask for shorter pages there, or for less at once.` : '';
  const message = `The operation is too large: ${limit} is ${limits[limit]}, counted ${counted > ceilings[limit] ? 'at least ' : ''}${counted}.${where}`;
  return new Refusal('TOO_EXPENSIVE', message, { limit, allowed: limits[limit], counted, ...(dearest && { dearest }) });
}

function valuesOf(value: (limit: Limit, name: string) => number): OperationLimits {
  return Object.fromEntries(Object.entries(operationLimits).map(([name, limit]) => [name, value(limit, name)])) as Record<OperationLimit, number>;
}
