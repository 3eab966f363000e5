import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { User } from '../user/user.js';
import { Session } from './session.js';
import { Viewer } from './viewer.js';
import { viewerOf } from './viewer-of.js';

/** Signed in. */
@ObjectType({ description: 'Signed in: show the access token with each request, and keep the refresh token safe.' })
export class SignInSucceeded {
  @Field(() => String, { description: 'For the authorization header, as Bearer; good for some minutes.' })
  accessToken: string;

  @Field(() => DateTime, { description: 'When the access token stops being good; refresh before.' })
  accessTokenExpiresAt: Date;

  @Field(() => String, { description: 'For refreshSession, good once; using it twice ends the session.' })
  refreshToken: string;

  @Field(() => Viewer, { description: 'Who is now signed in, with roles and rights.' })
  viewer: Viewer;

  static of(issued: { accessToken: string; accessTokenExpiresAt: Date; refreshToken: string; user: User; session: Session }): SignInSucceeded {
    const { user, session, ...tokens } = issued;
    return Object.assign(new SignInSucceeded(), tokens, { viewer: viewerOf(user, session) });
  }
}

/** What may confirm a sign-in. */
export enum SecondFactorMethod { TOTP = 'TOTP', RECOVERY_CODE = 'RECOVERY_CODE' }

registerEnumType(SecondFactorMethod, {
  name: 'SecondFactorMethod',
  description: 'What a person can show as the second factor of a sign-in.',
  valuesConfig: {
    TOTP: { description: 'Six digits of an authenticator app (RFC 6238).' },
    RECOVERY_CODE: { description: 'One of the recovery codes, each good once.' },
  },
});

/** The password was right; a second factor is asked for. */
@ObjectType({ implements: Problem, description: 'The first factor was right; confirmSecondFactor finishes the sign-in.' })
export class SecondFactorRequired extends Problem {
  @Field(() => String, { description: 'Names this sign-in for confirmSecondFactor; good for five minutes.' })
  challenge: string;

  @Field(() => [SecondFactorMethod], { description: 'What can be shown as the second factor.' })
  methods: SecondFactorMethod[];
}

/** No account, wrong password, wrong code: always the same. */
@ObjectType({ implements: Problem, description: 'Not signed in. Says not whether the account exists.' })
export class WrongCredentials extends Problem {
  static of(message = 'E-mail address and password do not match.'): WrongCredentials {
    return Object.assign(new WrongCredentials(), { message });
  }
}

/** Too many failed tries lately. */
@ObjectType({ implements: Problem, description: 'Too many failed tries lately; later it goes on by itself.' })
export class TooManyAttempts extends Problem {
  @Field(() => Int, { description: 'How long to wait before the next try, in seconds.' })
  retryAfterSeconds: number;

  static of(retryAfterSeconds: number): TooManyAttempts {
    return Object.assign(new TooManyAttempts(), { message: `Too many tries. Wait ${retryAfterSeconds} seconds.`, retryAfterSeconds });
  }
}

/** The account was switched off by an operator. */
@ObjectType({ implements: Problem, description: 'The credentials are right, but the account was switched off by an operator.' })
export class AccountDisabled extends Problem {
  static of(): AccountDisabled {
    return Object.assign(new AccountDisabled(), { message: 'This account is switched off. Ask the marketplace.' });
  }
}

/** What every way to sign in answers. */
export const SignInResult = resultOf('SignInResult', 'Signed in, or what is still missing, or why not.', [SignInSucceeded, SecondFactorRequired, WrongCredentials, TooManyAttempts, AccountDisabled]);
