import { Field, Int, ObjectType } from 'type-graphql';
import { Problem } from '@haat/kit/problem';

/** The plan allows no more of this. Reading and selling go on. */
@ObjectType({ implements: Problem, description: 'The plan allows no more of this; nothing that exists is touched.' })
export class PlanLimitReached extends Problem {
  @Field(() => String, { description: 'What is counted, such as domains or staff.' })
  meter: string;

  @Field(() => Int, { description: 'How many the present plan allows.' })
  limit: number;
}
