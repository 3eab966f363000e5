import type { Person } from '../support/sign-in.js';
import type { World } from './world.js';

/** Somebody who has no right to what the owner has. */
export type Stranger = 'the same role in another tenant' | 'another viewer of the tenant' | 'another vendor\'s merchant' | 'a guest' | 'a partner\'s token';

/** Every stranger, in the order they try. */
export const strangers: readonly Stranger[] = ['the same role in another tenant', 'another viewer of the tenant', 'another vendor\'s merchant', 'a guest', 'a partner\'s token'];

/** Why a stranger is answered after all. */
export interface Exception {
  /**
   * `own`: answered, of their own; nothing of the owner's may be in it or change.
   * `theirs`: in this tenant it is theirs by right, as a secret is its bearer's; they do not try.
   */
  readonly kind: 'own' | 'theirs';
  readonly why: string;
}

/** Real rows, and who may do what with them. */
export interface Arranged {
  readonly owner: Person & { readonly role: 'PLATFORM' | 'OPERATOR' | 'SHOPPER'; readonly guestKey?: string; readonly vendorId?: string };
  readonly variables: Readonly<Record<string, unknown>>;
  /** Texts that no stranger may be shown and whose rows must stay as they are: ids, e-mail addresses. */
  readonly marks: readonly string[];
}

/** How one root field keeps strangers out, shown on real rows. */
export interface WallCase {
  /** Such as `Mutation.endSession`. */
  readonly field: string;
  /** What sets it apart from another case of the field. */
  readonly when?: string;
  /** Why it cannot be shown within its subgraph alone, behind switched-off rules: it takes what the gateway alone knows. */
  readonly throughTheDoorOnly?: string;
  /** Selects only what its own subgraph has, so that it runs there as well. */
  readonly document: string;
  /** Makes fresh rows at each call. */
  arrange(world: World): Promise<Arranged>;
  /** Whether the field's value is what the rightful owner should get. */
  succeeded(value: Record<string, unknown>, arranged: Arranged): boolean;
  /** Strangers who are answered, and why; all others must get nothing. */
  readonly exceptions?: Partial<Record<Stranger, Exception>>;
}

/** Why a stranger is answered in a case, if they are. What any viewer of the tenant may, a merchant may as well. */
export function exceptionOf({ exceptions }: Pick<WallCase, 'exceptions'>, stranger: Stranger): Exception | undefined {
  return exceptions?.[stranger] ?? (stranger === 'another vendor\'s merchant' ? exceptions?.['another viewer of the tenant'] : undefined);
}

/** An entity of real rows, named by its key. */
export interface Sample {
  /** The slug of its tenant. */
  readonly tenant: string;
  readonly key: Readonly<Record<string, unknown>>;
  /** A selection that is not null where it exists; the key when left out. */
  readonly select?: string;
  /** Who alone finds it, where staff do not. */
  readonly owner?: Arranged['owner'];
}

/** What `cases/<subgraph>.ts` exports. */
export interface SubgraphCases {
  /** Whether merchants of other vendors are strangers here as well. */
  readonly isApartByVendor?: boolean;
  readonly cases: readonly WallCase[];
  /** By type: makes a row of each entity that the subgraph resolves. */
  readonly samples: Readonly<Record<string, (world: World) => Promise<Sample>>>;
}

/** A mutation's document: its input as a variable, and what is asked of the union's members. */
export function mutation(field: string, select = ''): string {
  const input = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  return `mutation($input: ${input}!) { ${field}(input: $input) { __typename ${select} } }`;
}

/** Success is this member of the union. */
export function is(member: string): WallCase['succeeded'] {
  return (value) => value['__typename'] === member;
}

/** Whoever shows the secret is its owner, as long as it is in the same tenant. */
export function bearer(why: string): WallCase['exceptions'] {
  const exception = { kind: 'theirs', why } as const;
  return { 'another viewer of the tenant': exception, 'a guest': exception, 'a partner\'s token': exception };
}

/** Anybody may; each is answered of their own. */
export function open(why: string): WallCase['exceptions'] {
  return Object.fromEntries(strangers.map((stranger) => [stranger, { kind: 'own', why }]));
}

/** People act on themselves alone: a stranger who is signed in changes what is theirs. */
export function onOneself(why: string): WallCase['exceptions'] {
  const exception = { kind: 'own', why } as const;
  return { 'the same role in another tenant': exception, 'another viewer of the tenant': exception };
}

/** Staff act on their own tenant: the other tenant's do so in theirs. */
export function inOwnTenant(why: string): WallCase['exceptions'] {
  return { 'the same role in another tenant': { kind: 'own', why } };
}
