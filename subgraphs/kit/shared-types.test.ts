import 'reflect-metadata';
import { execute, parse, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import { Arg, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { Public } from './access.js';
import type { ClassOf, SubgraphDefinition } from './define.js';
import { Money } from './money.js';
import { resultOf } from './result.js';
import { buildFederatedSchema } from './schema.js';
import { Address, AddressInput, Contact, CouponRejected, CouponRejectedReason, MetadataEntry, MetadataEntryInput, MoneyInput, MoneyRange, PaymentChoice, SelectedOption, SlugTaken } from './shared-types.js';
import { PageInfo } from './page-info.js';

const moneyOrProblem = resultOf('MoneyOrProblem', 'Money, or why there is none.', [Money, SlugTaken, CouponRejected]);

@Resolver()
class PlainResolver {
  @Public()
  @Query(() => String, { description: 'Says hello and nothing else.' })
  hello(): string {
    return 'hello';
  }
}

@Resolver()
class EverythingResolver {
  @Public()
  @Query(() => moneyOrProblem, { description: 'One of each, by number.' })
  outcome(@Arg('which', () => String) which: string): object {
    if (which === 'money') return { __typename: 'Money', minor: 1250, currency: 'BDT' };
    return which === 'slug' ? SlugTaken.of('acme') : Object.assign(new CouponRejected(), { message: 'No.', reason: CouponRejectedReason.EXPIRED, missing: null });
  }

  @Public()
  @Query(() => [MoneyRange], { description: 'Takes every shared input.' })
  inputs(
    @Arg('money', () => MoneyInput) _money: MoneyInput,
    @Arg('address', () => AddressInput) _address: AddressInput,
    @Arg('entry', () => MetadataEntryInput) _entry: MetadataEntryInput,
    @Arg('choice', () => PaymentChoice) _choice: PaymentChoice,
  ): MoneyRange[] {
    return [];
  }
}

function schemaOf(resolver: ClassOf, types: readonly ClassOf[] = []): { schema: GraphQLSchema; sdl: string } {
  const definition: SubgraphDefinition = { name: 'probe', store: { kind: 'mongo' } as never, resolvers: [resolver], types };
  return buildFederatedSchema(definition);
}

const everything = (): { schema: GraphQLSchema; sdl: string } => schemaOf(EverythingResolver, [Address, Contact, PageInfo, SelectedOption, MetadataEntry]);

describe('shared types', () => {
  it('stay out of a schema that does not use them', () => {
    const { sdl } = schemaOf(PlainResolver);
    expect(sdl).not.toMatch(/Money|Problem|Slug|Address|PageInfo|Coupon|scalar/);
  });

  it('are shareable when objects, and without a directive otherwise', () => {
    const { sdl } = everything();
    for (const name of ['Money', 'MoneyRange', 'Address', 'Contact', 'PageInfo', 'SelectedOption', 'MetadataEntry']) expect(sdl).toContain(`type ${name} @shareable {`);
    for (const name of ['SlugTaken', 'CouponRejected']) expect(sdl).toContain(`type ${name} implements Problem @shareable {`);
    for (const start of ['interface Problem {', 'input MoneyInput {', 'input AddressInput {', 'input MetadataEntryInput {', 'enum PaymentChoice {', 'enum CouponRejectedReason {']) {
      expect(sdl).toContain(start);
    }
  });

  it('are described with at least four words each', () => {
    const named = Object.values(everything().schema.getTypeMap()).filter((t) => !t.name.startsWith('_') && !['Query', 'String', 'Boolean', 'ID', 'Int', 'MoneyOrProblem', 'federation__FieldSet'].includes(t.name));
    expect(named.length).toBeGreaterThan(18);
    for (const type of named.filter((t) => !t.name.includes('__'))) for (const [where, text] of described(type)) expect([where, (text ?? '').split(/\s+/).length >= 4]).toEqual([where, true]);
  });

  it('answer by class, by __typename of plain data, and through the interface', async () => {
    const { schema } = everything();
    const ask = async (which: string): Promise<unknown> => {
      const document = parse(`{ outcome(which: "${which}") { __typename ... on Money { minor currency decimal } ... on SlugTaken { slug } ... on CouponRejected { reason missing { minor } } ... on Problem { message } } }`);
      const answer = await execute({ schema, document, contextValue: {} });
      expect(answer.errors).toBeUndefined();
      return JSON.parse(JSON.stringify(answer.data?.['outcome']));
    };
    expect(await ask('money')).toEqual({ __typename: 'Money', minor: 1250, currency: 'BDT', decimal: '12.50' });
    expect(await ask('slug')).toEqual({ __typename: 'SlugTaken', slug: 'acme', message: '“acme” is already taken. Choose another slug.' });
    expect(await ask('coupon')).toEqual({ __typename: 'CouponRejected', reason: 'EXPIRED', missing: null, message: 'No.' });
  });
});

function described(type: GraphQLNamedType): [string, string | null | undefined][] {
  const own: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isScalarType(type)) return own;
  if (isEnumType(type)) return [...own, ...type.getValues().map((v): [string, string | null | undefined] => [`${type.name}.${v.name}`, v.description])];
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return [...own, ...Object.values(type.getFields()).map((f): [string, string | null | undefined] => [`${type.name}.${f.name}`, f.description])];
  }
  return own;
}
