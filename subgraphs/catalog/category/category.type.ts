import { Cached } from '@haat/kit/cached';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { saidIn } from '../words.js';
import type { CategoryRow } from './category.row.js';

/** Where products are found; shown in one language, and so another class than its row. */
@ObjectType({ description: 'A place in the tree in which shoppers look for products.' })
@Directive('@key(fields: "id")')
@Cached(60)
export class Category {
  @Field(() => ID, { description: 'Names the category for good; begins with cat_.' }) id: string;
  @Field(() => String, { description: 'Its part of an address, unique among categories.' }) slug: string;
  @Field(() => String, { description: "What the category is called, in the viewer's language." }) name: string;
  @Field(() => Int, { description: 'Where it stands among its siblings, lowest first.' }) position: number;

  /** What it was made of. */
  row: CategoryRow;

  static of(row: CategoryRow, locale: string): Category {
    const { _id: id, slug, position } = row;
    return Object.assign(new Category(), { id, slug, position, row, name: saidIn(row.names, locale, row.defaultLocale) });
  }
}
