import { Problem } from '@haat/kit/problem';
import { Field, Int, ObjectType } from 'type-graphql';

/** The marketplace has as many as it may. */
@ObjectType({ implements: Problem, description: 'There are as many of these as there may be.' })
export class TooMany extends Problem {
  @Field(() => String, { description: 'What there are too many of, such as categories.' }) what: string;
  @Field(() => Int, { description: 'How many there may be at most.' }) limit: number;

  static of(what: string, limit: number, whose = 'A marketplace'): TooMany {
    return Object.assign(new TooMany(), { message: `${whose} has at most ${limit} ${what}.`, what, limit });
  }
}
