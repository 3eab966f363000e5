import { Problem } from '@haat/kit/problem';
import { Field, ObjectType } from 'type-graphql';

/** The password is too easy. */
@ObjectType({ implements: Problem, description: 'The password is too easy to guess; nothing was changed.' })
export class WeakPassword extends Problem {
  @Field(() => [String], { description: 'Each reason why the password will not do, in English.' })
  reasons: string[];

  static of(reasons: string[]): WeakPassword {
    return Object.assign(new WeakPassword(), { message: `Choose another password. ${reasons.join(' ')}`, reasons });
  }
}
