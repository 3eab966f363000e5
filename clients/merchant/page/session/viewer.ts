import type { DataOf } from '@haat/schema/clients/typed-operation';
import type { SignIn } from '../../generated/operations.js';

type SignInAnswer = DataOf<typeof SignIn>['signIn'];

/** Tokens and who has them. */
export type SignedIn = Extract<SignInAnswer, { readonly __typename: 'SignInSucceeded' }>;

/** Who is signed in. */
export type Viewer = SignedIn['viewer'];

/** A second factor is wanted. */
export type SecondFactor = Extract<SignInAnswer, { readonly __typename: 'SecondFactorRequired' }>;

/** What stands in the way of signing in. */
export type SignInProblem = Exclude<SignInAnswer, SignedIn | SecondFactor>;
