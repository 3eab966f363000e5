import { Field, ID, Int, ObjectType } from 'type-graphql';

/** How much of one thing a plan allows. */
@ObjectType({ description: 'How much of one countable thing a plan allows.' })
export class PlanLimit {
  @Field(() => String, { description: 'What is counted, such as products or staff.' })
  meter: string;

  @Field(() => Int, { description: 'How many are allowed at the same time, or per month where the meter says so.' })
  limit: number;
}

/** What a marketplace pays for. */
@ObjectType({ description: 'What a marketplace may use: limits, and the features switched on from the start.' })
export class Plan {
  @Field(() => ID, { description: 'Stable name of the plan, in upper case, such as GROWTH.' })
  key: string;

  @Field(() => String, { description: 'What people call the plan, in English.' })
  name: string;

  @Field(() => String, { description: 'One sentence on whom the plan is meant for.' })
  description: string;

  @Field(() => [PlanLimit], { description: 'Everything the plan limits; what is not listed is unlimited.' })
  limits: PlanLimit[];

  @Field(() => [String], { description: 'Keys of the features the plan switches on.' })
  features: string[];
}
