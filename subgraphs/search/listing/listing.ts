import { Directive, ID, Field, ObjectType } from 'type-graphql';

/** Catalog's, with what is found in it. */
@ObjectType('Category')
@Directive('@key(fields: "id")')
export class Category {
  @Field(() => ID) id: string;

  static of(id: string): Category {
    return Object.assign(new Category(), { id });
  }
}

/** Catalog's, with what is found in it. */
@ObjectType('Collection')
@Directive('@key(fields: "id")')
export class Collection {
  @Field(() => ID) id: string;

  static of(id: string): Collection {
    return Object.assign(new Collection(), { id });
  }
}
