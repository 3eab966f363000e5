import { PageInfo } from '@haat/kit/page-info';
import { Allow } from '@haat/kit/access';
import { MoneyRange } from '@haat/kit/shared-types';
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Product } from '../product/product.js';
import type { Filter } from './search-filter.js';
import type { ReadQuery } from './read-query.js';

/** A piece of a text, found or not. */
@ObjectType({ description: 'A piece of a highlighted text.' })
export class HighlightPart {
  @Field(() => String, { description: 'The piece as it stands in the text.' }) text: string;
  @Field(() => Boolean, { description: 'Whether this piece is what was looked for.' }) isMatch: boolean;
}

/** Where in a text the words were found. */
@ObjectType({ description: 'A text of the product in which words of the query were found.' })
export class Highlight {
  @Field(() => String, { description: 'Which text it is: title or description.' }) field: string;
  @Field(() => [HighlightPart], { description: 'The text, or the part of it around the first find, in pieces that together are it.' }) parts: HighlightPart[];
}

/** Why a hit stands where it stands. */
@ObjectType({ description: 'How the score of a hit came to be; for staff.' })
export class ScoreExplanation {
  @Field(() => Float, { description: 'What the words weigh by where they were found.' }) text: number;
  @Field(() => Float, { description: 'By how much stock multiplies it: less than 1 where it cannot be bought.' }) stock: number;
  @Field(() => Float, { description: 'By how much all boosts together multiply it.' }) boost: number;
  @Field(() => [ID], { description: 'The boosts and pins that applied.' }) boostIds: string[];
}

/** A product that was found. */
@ObjectType({ description: 'A product that was found, with what a list shows of it.' })
export class SearchHit {
  @Directive('@provides(fields: "slug title image { url alt width height }")')
  @Field(() => Product, { nullable: true, description: 'The product itself, as everywhere.' })
  product: Product | null;

  @Field(() => ID, { description: 'The product that was found; begins with prod_.' }) productId: string;
  @Field(() => MoneyRange, { nullable: true, description: 'From the lowest to the highest price of its offers for sale; null where none has a price.' }) priceRange: MoneyRange | null;
  @Field(() => Boolean, { description: 'Whether one of its offers for sale has a price and stock.' }) inStock: boolean;
  @Field(() => Float, { description: 'How well it fits; only good for comparing hits of one answer.' }) score: number;

  @Allow('OPERATOR', 'PLATFORM', { grant: 'search.manage' })
  @Field(() => ScoreExplanation, { nullable: true, description: 'How the score came to be; staff only.' })
  explanation: ScoreExplanation | null;

  /** What it was found by. */
  read: ReadQuery;
}

/** A hit with its cursor. */
@ObjectType({ description: 'One hit of a SearchConnection with its cursor.' })
export class SearchEdge {
  @Field(() => String, { description: 'Where the hit stands; opaque, and good in the same search only.' }) cursor: string;
  @Field(() => SearchHit, { description: 'The hit itself, with its product.' }) node: SearchHit;
}

/** A page of hits. */
@ObjectType({ description: 'What a search found, and by what it can be narrowed.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The hits of this page, each with its cursor.' }) edges: SearchEdge[];
  @Field(() => [SearchHit], { description: 'The hits of this page without their cursors.' }) nodes: SearchHit[];
  @Field(() => PageInfo, { description: 'Where this page lies in what was found.' }) pageInfo: PageInfo;
  @Field(() => Int, { description: 'How many products were found, counted up to 25000; 25001 means more.' }) totalCount: number;
  @Field(() => String, { nullable: true, description: 'What was looked for instead, where words of the query were mistyped and this found something.' }) correctedQuery: string | null;

  /** What was asked. */
  read: ReadQuery;
  filter: Filter;
}

