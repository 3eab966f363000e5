import { Problem } from '@haat/kit/problem';
import { Field, Int, ObjectType } from 'type-graphql';

/** The marketplace has as many as it may. */
@ObjectType({ implements: Problem, description: 'The marketplace has as many of these as it may have.' })
export class TooMany extends Problem {
  @Field(() => String, { description: 'What there are too many of, such as categories.' }) what: string;
  @Field(() => Int, { description: 'How many there may be at most.' }) limit: number;

  static of(what: string, limit: number): TooMany {
    return Object.assign(new TooMany(), { message: `A marketplace has at most ${limit} ${what}.`, what, limit });
  }
}
