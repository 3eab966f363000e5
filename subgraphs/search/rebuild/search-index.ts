import { Problem } from '@haat/kit/problem';
import { DateTime } from '@haat/kit/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { EntityManager } from 'typeorm';
import { liveGeneration } from '../document/generations.js';

/** An index in the making. */
@ObjectType({ description: 'An index that is being built beside the one that is read.' })
export class SearchIndexBuild {
  @Field(() => Int, { description: 'Which generation it will be.' }) generation: number;
  @Field(() => Int, { description: 'How many products it has already.' }) documents: number;
  @Field(() => Int, { description: 'How many products it will have.' }) expected: number;
  @Field(() => DateTime, { description: 'When it was begun.' }) startedAt: Date;
}

/** The index of a marketplace. */
@ObjectType({ description: "The marketplace's search index: the generation that is read, and one in the making." })
export class SearchIndex {
  @Field(() => Int, { description: 'Which generation is read; each rebuild makes the next one.' }) generation: number;
  @Field(() => Int, { description: 'How many products it has.' }) documents: number;
  @Field(() => SearchIndexBuild, { nullable: true, description: 'The one being built; null while none is.' }) building: SearchIndexBuild | null;
}

/** One is being built. */
@ObjectType({ implements: Problem, description: 'An index is being built already; it is read as soon as it is whole.' })
export class RebuildUnderWay extends Problem {
  @Field(() => SearchIndex, { description: 'How far it is.' }) searchIndex: SearchIndex;
}

interface Row {
  readonly generation: number;
  readonly documents: number;
  readonly expected: number;
  readonly building: number | null;
  readonly built: number;
  readonly startedAt: Date | null;
}

/** How the index stands, by one statement. */
export async function findSearchIndex(db: EntityManager): Promise<SearchIndex> {
  const [row]: Row[] = await db.query(`
    with live as (select ${liveGeneration} as number), making as (select number, created_at from index_generation where status = 'BUILDING')
    select (select number from live) as generation, (select count(*)::int from document where generation = (select number from live)) as documents,
      (select count(*)::int from product_fact where state->>'status' = 'PUBLISHED') as expected, (select number from making) as building,
      (select count(*)::int from document where generation = (select number from making)) as built, (select created_at from making) as "startedAt"`);
  const building = row?.building ? Object.assign(new SearchIndexBuild(), { generation: row.building, documents: row.built, expected: row.expected, startedAt: row.startedAt }) : null;
  return Object.assign(new SearchIndex(), { generation: row?.generation, documents: row?.documents, building });
}
