import { describe, expect, it } from 'vitest';
import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Allow, mayPass, Public } from './access.js';
import { defineSubgraph } from './define.js';
import { guest, systemViewer, type Viewer } from './identity.js';
import { buildFederatedSchema } from './schema.js';
import { noStore } from './testing/no-store.js';

const user = (more: Partial<Viewer> = {}): Viewer => ({ kind: 'USER', userId: 'usr_1', roles: ['SHOPPER'], grants: [], vendors: [], ...more });

describe('a rule', () => {
  it('by role lets those with the role pass', () => {
    expect(mayPass([{ roles: ['OPERATOR'] }], user({ roles: ['OPERATOR'] }), {})).toBe(true);
    expect(mayPass([{ roles: ['OPERATOR'] }], user(), {})).toBe(false);
    expect(mayPass([{ roles: ['OPERATOR'] }], guest, {})).toBe(false);
  });

  it('USER is anybody signed in, and no token', () => {
    expect(mayPass([{ roles: ['USER'] }], user(), {})).toBe(true);
    expect(mayPass([{ roles: ['USER'] }], guest, {})).toBe(false);
    expect(mayPass([{ roles: ['USER'] }], { ...guest, kind: 'TOKEN' }, {})).toBe(false);
    expect(mayPass([{ roles: ['SYSTEM'] }], systemViewer, {})).toBe(true);
  });

  it('by grant needs the right, or every right', () => {
    expect(mayPass([{ grant: 'orders.manage' }], user({ grants: ['orders.manage'] }), {})).toBe(true);
    expect(mayPass([{ grant: 'orders.manage' }], user({ grants: ['*'] }), {})).toBe(true);
    expect(mayPass([{ grant: 'orders.manage' }], user({ grants: ['orders.read'] }), {})).toBe(false);
  });

  it('of a vendor needs the right at that very vendor', () => {
    const rule = [{ grant: 'orders.manage', vendor: 'input.vendorId' }];
    const merchant = user({ vendors: [{ id: 'ven_1', grants: ['orders.manage'] }, { id: 'ven_2', grants: ['orders.read'] }] });
    expect(mayPass(rule, merchant, { input: { vendorId: 'ven_1' } })).toBe(true);
    expect(mayPass(rule, merchant, { input: { vendorId: 'ven_2' } })).toBe(false);
    expect(mayPass(rule, merchant, { input: { vendorId: 'ven_3' } })).toBe(false);
    expect(mayPass(rule, merchant, { input: {} })).toBe(false);
    expect(mayPass(rule, merchant, { input: { vendorId: ['ven_1'] } })).toBe(false);
  });

  it('of oneself needs the id to be the viewer\'s own, and a guest has none', () => {
    expect(mayPass([{ self: 'id' }], user(), { id: 'usr_1' })).toBe(true);
    expect(mayPass([{ self: 'id' }], user(), { id: 'usr_2' })).toBe(false);
    expect(mayPass([{ self: 'id' }], guest, {})).toBe(false);
  });

  it('holds whole, and of several one is enough', () => {
    expect(mayPass([{ roles: ['OPERATOR'], grant: 'x.y' }], user({ roles: ['OPERATOR'] }), {})).toBe(false);
    expect(mayPass([{ roles: ['OPERATOR'] }, { self: 'id' }], user(), { id: 'usr_1' })).toBe(true);
  });
});

@Resolver()
class Undeclared {
  @Query(() => String, { description: 'A root field with no rule.' })
  forgotten(): string { return ''; }

  @Public()
  @Query(() => String, { description: 'A root field with a rule.' })
  said(): string { return ''; }
}

@ObjectType({ description: 'A type with a private field that cannot be null.' })
class Exposed {
  @Allow('OPERATOR')
  @Field(() => String, { description: 'Private and yet never null.' })
  secret: string;
}

@Resolver()
class ExposedResolver {
  @Public()
  @Query(() => Exposed, { description: 'Answers a type with a private field.' })
  exposed(): Exposed { return new Exposed(); }
}

const definitionWith = (resolver: typeof Undeclared | typeof ExposedResolver) => defineSubgraph({ name: 'undeclared', store: noStore, resolvers: [resolver] });

describe('a schema', () => {
  it('is not built with a root field that has no rule, and names it', () => {
    expect(() => buildFederatedSchema(definitionWith(Undeclared))).toThrow('Root fields without @Allow or @Public: Query.forgotten.');
  });

  it('is not built with a private field that cannot be null', () => {
    expect(() => buildFederatedSchema(definitionWith(ExposedResolver))).toThrow('Exposed.secret is private');
  });
});
