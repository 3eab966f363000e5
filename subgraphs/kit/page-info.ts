import 'reflect-metadata';
import { Directive, Field, ObjectType } from 'type-graphql';

/** Where a page lies in its list, as Relay's connections have it. */
@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Where a page lies in its list, by the Relay cursor connections specification.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more behind this page; exact when paging forward.' }) hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether there is more before this page; exact when paging backward.' }) hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'The cursor of the first entry; null on an empty page.' }) startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'The cursor of the last entry; null on an empty page.' }) endCursor: string | null;
}
