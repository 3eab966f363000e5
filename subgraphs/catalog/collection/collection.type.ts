import { Cached } from '@haat/kit/cached';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { saidIn } from '../words.js';
import type { CollectionRow } from './collection.row.js';

/** Products that are shown together; in one language, and so another class than its row. */
@ObjectType({ description: 'Products that are shown together, such as a season or a gift table.' })
@Directive('@key(fields: "id")')
@Cached(60)
export class Collection {
  @Field(() => ID, { description: 'Names the collection for good; begins with col_.' }) id: string;
  @Field(() => String, { description: 'Its part of an address, unique among collections.' }) slug: string;
  @Field(() => String, { description: "What the collection is called, in the viewer's language." }) name: string;

  static of(row: CollectionRow, locale: string): Collection {
    return Object.assign(new Collection(), { id: row._id, slug: row.slug, name: saidIn(row.names, locale, row.defaultLocale) });
  }
}
