import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Allow } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { RemoveSynonymsInput, RemoveSynonymsResult, removeSynonyms } from './remove-synonyms.js';
import { SaveSynonymsInput, SaveSynonymsResult, saveSynonyms } from './save-synonyms.js';
import { SynonymGroup, SynonymGroupConnection } from './synonym-group.js';

/** Synonyms, for staff. */
@Resolver(() => SynonymGroup)
export class SynonymResolver {
  @Allow('OPERATOR', { grant: 'search.manage' })
  @Query(() => SynonymGroupConnection, { nullable: true, description: 'The groups of synonyms of this marketplace; for staff.' })
  synonymGroups(@Ctx() ctx: SearchContext, @Args(() => PageArgs) args: PageArgs): Promise<object> {
    const qb = ctx.db.createQueryBuilder(SynonymGroup, 's');
    return keysetPage({ qb, order: [{ column: 's.createdAt', direction: 'ASC' }, { column: 's.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', { grant: 'search.manage' })
  @Mutation(() => SaveSynonymsResult, { description: 'Says which words stand for each other where products are looked for.' })
  saveSynonyms(@Ctx() ctx: SearchContext, @Arg('input', () => SaveSynonymsInput) input: SaveSynonymsInput): Promise<object> {
    return ctx.transaction((tx) => saveSynonyms(tx, input));
  }

  @Allow('OPERATOR', { grant: 'search.manage' })
  @Mutation(() => RemoveSynonymsResult, { description: 'Takes a group of synonyms away at once.' })
  removeSynonyms(@Ctx() ctx: SearchContext, @Arg('input', () => RemoveSynonymsInput) input: RemoveSynonymsInput): Promise<object> {
    return ctx.transaction((tx) => removeSynonyms(tx, input));
  }
}
