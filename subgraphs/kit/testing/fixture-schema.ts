import { Directive, Field, FieldResolver, ID, Int, Mutation, ObjectType, Query, Resolver, Root, Arg, Ctx } from 'type-graphql';
import { Allow, Public } from '../access.js';
import type { Context } from '../context.js';
import { defineSubgraph, type Representation, type SubgraphDefinition } from '../define.js';
import { notFound } from '../refusal.js';
import { DateTime } from '../scalars.js';
import { noStore } from './no-store.js';

/** A thing of the kit's own tests. */
@ObjectType({ description: 'A thing of the tests, owned by somebody.' })
@Directive('@key(fields: "id")')
export class Thing {
  @Field(() => ID, { description: 'Names the thing in its tenant.' })
  id: string;

  @Field(() => ID, { description: 'The person who owns the thing.' })
  ownerId: string;

  @Allow({ self: 'ownerId' }, 'OPERATOR')
  @Field(() => String, { nullable: true, description: 'A secret of the owner, null to others.' })
  secret: string;
}

/** Everything the fixture was asked, for tests that count. */
export const fixtureCalls: { lookups: (readonly string[])[]; mutations: number } = { lookups: [], mutations: 0 };

/** The fixture's fields, one for each kind of rule. */
@Resolver(() => Thing)
export class ThingResolver {
  @Public()
  @Query(() => Thing, { nullable: true, description: 'A thing that anybody may read.' })
  thing(@Arg('id', () => ID, { description: 'The thing that is read.' }) id: string): Thing {
    return thingOf(id);
  }

  @Allow('OPERATOR')
  @Query(() => String, { nullable: true, description: 'Something for operators to read.' })
  forOperators(): string {
    return 'yes';
  }

  @Allow({ grant: 'things.manage', vendor: 'vendorId' })
  @Mutation(() => Boolean, { description: 'Something for members of a vendor.' })
  manage(@Arg('vendorId', () => ID, { description: 'The vendor it is done for.' }) _vendorId: string): boolean {
    fixtureCalls.mutations += 1;
    return true;
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Fails on our side, always.' })
  broken(): string {
    throw new TypeError('connect ECONNREFUSED 10.0.0.7:5432 select password from users');
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Refuses, with a code.' })
  missing(): string {
    throw notFound('thing');
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Answers later than anybody waits.' })
  never(): Promise<string> {
    return new Promise(() => undefined);
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Says a moment that was given.' })
  moment(
    @Arg('at', () => DateTime, { description: 'The moment that is said.' }) at: Date,
    @Arg('laterMs', () => Int, { defaultValue: 0, description: 'How much later the moment is.' }) laterMs: number,
  ): string {
    return new Date(at.getTime() + laterMs).toISOString();
  }

  @FieldResolver(() => String, { description: 'Where the thing was asked for.' })
  tenant(@Root() _thing: Thing, @Ctx() ctx: Context): string {
    return ctx.tenant.id;
  }
}

/** A definition whose schema needs no store. */
export const fixtureSubgraph: SubgraphDefinition = defineSubgraph({
  name: 'fixture',
  store: noStore,
  resolvers: [ThingResolver],
  references: {
    Thing: async (_ctx: Context, keys: readonly Representation[]) => {
      fixtureCalls.lookups.push(keys.map((k) => k.id));
      return keys.map((k) => (k.id === 'none' ? null : thingOf(k.id)));
    },
  },
});

function thingOf(id: string): Thing {
  return Object.assign(new Thing(), { id, ownerId: 'usr_owner', secret: `secret of ${id}` });
}
