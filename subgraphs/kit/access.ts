import { defaultFieldResolver, GraphQLNonNull, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Context } from './context.js';
import { holdsGrant, type Role, type Viewer } from './identity.js';
import { forbidden, unauthenticated } from './refusal.js';

/** Who may. Everything named in one rule must hold; of several rules, one must. */
export interface Rule {
  /** One of these roles. `USER` is anybody signed in, `SYSTEM` a subgraph itself. */
  readonly roles?: readonly (Role | 'USER' | 'TOKEN' | 'SYSTEM')[];
  /** This right, by grant or at the vendor named by `vendor`. */
  readonly grant?: string;
  /** Where the vendor's id is found: a path in the arguments (`input.vendorId`), or of a private field in its parent (`id`). */
  readonly vendor?: string;
  /** Where the id of the only person who may is found: as `vendor`. */
  readonly self?: string;
}

type Declared = 'public' | readonly Rule[];
const key = 'access';

/** Anybody may, guests too. Said aloud, since a root field that says nothing fails the schema's build. */
export function Public(): MethodDecorator & PropertyDecorator {
  return Extensions({ [key]: 'public' }) as MethodDecorator & PropertyDecorator;
}

/**
 * Who may read a field or call a root field; a bare name is a role. Checked before anything is read.
 * A root field refuses (`UNAUTHENTICATED` to guests, `FORBIDDEN` to others); a private field is null, and so must be nullable.
 */
export function Allow(...rules: (Role | 'USER' | 'TOKEN' | 'SYSTEM' | Rule)[]): MethodDecorator & PropertyDecorator {
  const declared = rules.map((r) => (typeof r === 'string' ? { roles: [r] } : r));
  return Extensions({ [key]: declared }) as MethodDecorator & PropertyDecorator;
}

/** Puts the declared rules before every resolver. Throws, naming each, when a root field has none. */
export function enforceAccess(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((t) => t !== undefined && t !== null);
  const missing = roots.flatMap((type) => undeclared(type));
  if (missing.length > 0) throw new Error(`Root fields without @Allow or @Public: ${missing.join(', ')}.`);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) guard(field, type, roots.includes(type));
  }
}

/** The rules of a field, for the tests that walk every schema. */
export function accessOf(field: GraphQLField<unknown, unknown>): Declared | undefined {
  return field.extensions[key] as Declared | undefined;
}

/** Whether one of the rules lets this viewer through. `facts` is where `vendor` and `self` are looked up. */
export function mayPass(rules: readonly Rule[], viewer: Viewer, facts: unknown): boolean {
  return rules.some((rule) => passes(rule, viewer, facts));
}

const ofFederation = new Set(['_entities', '_service']);

function undeclared(type: GraphQLObjectType): string[] {
  const fields = Object.values(type.getFields()).filter((f) => !ofFederation.has(f.name) && accessOf(f) === undefined);
  return fields.map((f) => `${type.name}.${f.name}`);
}

function guard(field: GraphQLField<unknown, Context>, type: GraphQLObjectType, isRoot: boolean): void {
  const declared = accessOf(field as GraphQLField<unknown, unknown>);
  if (declared === undefined || declared === 'public' || switchedOff) return;
  if (!isRoot && field.type instanceof GraphQLNonNull) throw new Error(`${type.name}.${field.name} is private, and so must be nullable.`);
  const inner = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args: Record<string, unknown>, ctx, info) => {
    if (mayPass(declared, ctx.viewer, isRoot ? args : parent)) return inner(parent, args, ctx, info);
    if (!isRoot) return null;
    throw ctx.viewer.kind === 'GUEST' ? unauthenticated() : forbidden();
  };
}

function passes(rule: Rule, viewer: Viewer, facts: unknown): boolean {
  const vendorId = rule.vendor === undefined ? undefined : textAt(facts, rule.vendor);
  return (rule.roles === undefined || rule.roles.some((role) => holdsRole(viewer, role)))
    && (rule.grant === undefined || holdsGrant(viewer, rule.grant, vendorId))
    && (rule.vendor === undefined || viewer.kind === 'SYSTEM' || viewer.vendors.some((v) => v.id === vendorId))
    && (rule.self === undefined || (viewer.userId !== undefined && textAt(facts, rule.self) === viewer.userId));
}

function holdsRole(viewer: Viewer, role: Role | 'USER' | 'TOKEN' | 'SYSTEM'): boolean {
  return role === 'USER' || role === 'TOKEN' || role === 'SYSTEM' ? viewer.kind === role : viewer.roles.includes(role);
}

function textAt(facts: unknown, path: string): string | undefined {
  let at = facts;
  for (const step of path.split('.')) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return typeof at === 'string' ? at : undefined;
}

let switchedOff = false;

/** Builds schemas without rules from now on: for the test that shows row-level security holding by itself. */
export function withoutAccessRules<T>(build: () => T): T {
  switchedOff = true;
  try {
    return build();
  } finally {
    switchedOff = false;
  }
}
