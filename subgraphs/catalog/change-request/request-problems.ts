import { Problem } from '@haat/kit/problem';
import { Field, ObjectType } from 'type-graphql';
import { ChangeRequestStatus } from './change-request.row.js';

/** There is nothing to decide any more. */
@ObjectType({ implements: Problem, description: 'The request was decided or taken back before, so nothing has changed.' })
export class ChangeRequestClosed extends Problem {
  @Field(() => ChangeRequestStatus, { description: 'What became of it before.' }) now: ChangeRequestStatus;

  static of(now: ChangeRequestStatus): ChangeRequestClosed {
    return Object.assign(new ChangeRequestClosed(), { message: `The request is ${now} already.`, now });
  }
}

/** The vendor keeps the page itself. */
@ObjectType({ implements: Problem, description: 'The vendor keeps this page itself and changes it without asking.' })
export class OwnProduct extends Problem {
  static of(): OwnProduct {
    return Object.assign(new OwnProduct(), { message: 'This page is your own. Change it directly.' });
  }
}
