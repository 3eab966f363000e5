import { Problem } from '@haat/kit/problem';
import { Field, Int, ObjectType } from 'type-graphql';

/** Another one has the name. */
@ObjectType({ implements: Problem, description: 'Another one of these has the name already; choose another.' })
export class NameTaken extends Problem {
  @Field(() => String, { description: 'The name that was asked for.' }) name: string;

  static of(name: string): NameTaken {
    return Object.assign(new NameTaken(), { message: `“${name}” is taken already. Choose another name.`, name });
  }
}

/** It was ended before. */
@ObjectType({ implements: Problem, description: 'It was ended before, by somebody or by its time; nothing changed.' })
export class AlreadyEnded extends Problem {
  @Field(() => String, { description: 'What was ended already, such as promotion.' }) what: string;

  static of(what: string): AlreadyEnded {
    return Object.assign(new AlreadyEnded(), { message: `This ${what} was ended already. Nothing changed.`, what });
  }
}

/** The marketplace has as many as it may. */
@ObjectType({ implements: Problem, description: 'The marketplace has as many of these as it may have.' })
export class LimitReached extends Problem {
  @Field(() => String, { description: 'What there are too many of, such as promotions.' }) what: string;
  @Field(() => Int, { description: 'How many there may be at most.' }) limit: number;

  static of(what: string, limit: number): LimitReached {
    return Object.assign(new LimitReached(), { message: `A marketplace has at most ${limit} ${what}.`, what, limit });
  }
}
