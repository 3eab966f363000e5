import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { connectionOf } from '@haat/kit/page';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { facetEntry, facetParts } from '../document/facet-key.js';

/** What a boost does. */
export enum BoostAction { BOOST = 'BOOST', PIN = 'PIN', HIDE = 'HIDE' }

registerEnumType(BoostAction, {
  name: 'BoostAction',
  description: 'What a boost does with the products it aims at.',
  valuesConfig: {
    BOOST: { description: 'Multiplies their score: above 1 to the front, below 1 to the back.' },
    PIN: { description: 'Puts them in front of everything else, by position.' },
    HIDE: { description: 'Leaves them out of what is found.' },
  },
});

/** What a boost aims at. */
export enum BoostTarget { PRODUCT = 'PRODUCT', VENDOR = 'VENDOR', CATEGORY = 'CATEGORY', TAG = 'TAG' }

registerEnumType(BoostTarget, {
  name: 'BoostTarget',
  description: 'Which products a boost aims at.',
  valuesConfig: {
    PRODUCT: { description: 'One product, by its id.' },
    VENDOR: { description: 'What a vendor sells, by its id.' },
    CATEGORY: { description: 'What lies in a category or below it, by its id.' },
    TAG: { description: 'What has a tag, by the tag.' },
  },
});

/** What staff says of the order in which products are found. */
@ObjectType({ description: 'What staff says of the order in which products are found: for one query, one category page, or everywhere.' })
@Entity({ name: 'boost' })
export class Boost extends TenantRow {
  @Field(() => ID, { description: 'Names the boost for good; begins with bst_.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'The query it applies to, as its words are compared; null for every one.' })
  @Column({ type: 'text', nullable: true })
  query: string | null;

  @Field(() => ID, { nullable: true, description: 'The category on whose page or filter it applies; null for every one.' })
  @Column({ type: 'text', nullable: true })
  categoryId: string | null;

  @Field(() => BoostAction, { description: 'What it does with what it aims at.' })
  @Column({ type: 'text' })
  action: BoostAction;

  /** An entry as documents keep it: `product␟prod_…`. */
  @Column({ type: 'text' })
  target: string;

  @Field(() => Float, { description: 'By how much a BOOST multiplies the score, 0.01 to 100.' })
  @Column({ type: 'double precision' })
  factor: number;

  @Field(() => Int, { nullable: true, description: 'Where a PIN stands: 1 is the very front, at most 100.' })
  @Column({ type: 'int', nullable: true })
  position: number | null;

  @Field(() => BoostTarget, { description: 'What kind of thing it aims at.' })
  get targetKind(): BoostTarget {
    return BoostTarget[facetParts(this.target).key.toUpperCase() as keyof typeof BoostTarget];
  }

  @Field(() => String, { description: 'The id or the tag it aims at.' })
  get targetValue(): string {
    return facetParts(this.target).value;
  }
}

/** A target as documents keep it. */
export function targetOf(kind: BoostTarget, value: string): string {
  return facetEntry(kind.toLowerCase(), value);
}

/** A page of boosts. */
export const { Connection: BoostConnection } = connectionOf(Boost, { name: 'Boost', description: 'Boosts of this marketplace, the one made first in front.' });
