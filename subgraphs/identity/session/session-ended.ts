import { Problem } from '@haat/kit/problem';
import { ObjectType } from 'type-graphql';

/** The token was used before, is unknown, or its session is over. */
@ObjectType({ implements: Problem, description: 'The session is over, or the refresh token was used before, which ends it. Sign in again.' })
export class SessionEnded extends Problem {
  static of(message = 'The session is over. Sign in again.'): SessionEnded {
    return Object.assign(new SessionEnded(), { message });
  }
}
