import { roles as allRoles, viewerKinds } from '@haat/schema/viewer';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { User } from '../user/user.js';
import { Session } from './session.js';

const named = <T extends string>(names: readonly T[]) => Object.fromEntries(names.map((n) => [n, n])) as Record<T, T>;

/** The roles as a GraphQL enum. */
export const RoleEnum = named(allRoles);
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What somebody may be; a person can be several at once.',
  valuesConfig: {
    PLATFORM: { description: 'Runs Haat itself, over all marketplaces.' },
    OPERATOR: { description: 'Runs one marketplace with all rights in it.' },
    MERCHANT: { description: 'Works for one or more vendors of a marketplace.' },
    SHOPPER: { description: 'Buys in a marketplace with an account.' },
    PARTNER: { description: 'A program of another company, by API token.' },
  },
});

/** How a caller is known, as a GraphQL enum. */
export const ViewerKindEnum = named(viewerKinds);
registerEnumType(ViewerKindEnum, {
  name: 'ViewerKind',
  description: 'How the caller of a request is known.',
  valuesConfig: {
    GUEST: { description: 'Nobody is signed in for this request.' },
    USER: { description: 'A person with a session of their own.' },
    TOKEN: { description: 'A program that showed an API token.' },
    SYSTEM: { description: 'Haat itself, acting on an event or a clock.' },
  },
});

/** A vendor the viewer works for. vendors has the rest of it. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
export class Vendor {
  @Field(() => ID)
  id: string;
}

/** Who asks. */
@ObjectType({ description: 'Whoever makes this request, and what they may do.' })
export class Viewer {
  @Field(() => ViewerKindEnum, { description: 'How the caller of this request is known.' })
  kind: keyof typeof ViewerKindEnum;

  @Field(() => User, { nullable: true, description: 'The person who is signed in; null for guests and tokens.' })
  user: User | null;

  @Field(() => [RoleEnum], { description: 'Roles held in this marketplace at the moment.' })
  roles: (keyof typeof RoleEnum)[];

  @Field(() => [String], { description: 'Rights beyond the roles, such as orders.manage; * is every right.' })
  grants: string[];

  @Field(() => [Vendor], { nullable: true, description: 'Vendors the viewer works for in this marketplace.' })
  vendors: Vendor[];

  @Field(() => Session, { nullable: true, description: 'The session this request was made in, if any.' })
  session: Session | null;
}
