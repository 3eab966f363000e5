import 'reflect-metadata';
import { Field, InterfaceType } from 'type-graphql';

/**
 * An outcome that the business expects: one member of a mutation's result, beside the entity. Implement it with
 * `@ObjectType({ implements: Problem })` and name the class by the situation, such as `OutOfStock`.
 * Implementations are not registered by themselves: type-graphql's one store would put every subgraph's into every schema.
 */
@InterfaceType('Problem', { description: 'An expected outcome that is not success, with a text for people and facts for programs.', autoRegisterImplementations: false })
export abstract class Problem {
  @Field(() => String, { description: 'What is wrong and what helps, in a sentence for people.' })
  message: string;
}
