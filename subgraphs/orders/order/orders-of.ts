import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { Representation } from '@haat/kit/define';
import type { OrdersContext } from '../context.js';

/** Who bought; identity knows them, and we add their orders. */
@ObjectType()
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID) id: string;
}

/** Who sells; vendors knows it, and we add what it has to send. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Vendor {
  @Field(() => ID) id: string;
}

/** People as others name them. */
export async function findUsers(_ctx: OrdersContext, keys: readonly Representation[]): Promise<User[]> {
  return keys.map(({ id }) => Object.assign(new User(), { id }));
}

/** Vendors as others name them. */
export async function findVendors(_ctx: OrdersContext, keys: readonly Representation[]): Promise<Vendor[]> {
  return keys.map(({ id }) => Object.assign(new Vendor(), { id }));
}
