import type { AccountBooks } from '../account-books.js';
import { notAllowed, wrongParameter } from '../refusal.js';
import type { Form } from './read-form.js';

/** A request that was let in. */
export interface Call {
  readonly books: AccountBooks;
  readonly form: Form;
  /** What stands in the path in the place of `:id`. */
  readonly id: string;
  /** What stands there in the place of `:other`. */
  readonly other: string;
  /** By a publishable key: it has to say the client secret, and is told less. */
  readonly isPublic: boolean;
}

/** What a route does. It answers at once; what it writes is kept as one. */
export type Verb = (call: Call) => object;

/** Refuses a publishable key that does not know the client secret of what it asks for. */
export function checkClientSecret({ isPublic, form }: Call, secret: string | null, kind: string): void {
  const said = form['client_secret'];
  if (isPublic && said === undefined) throw notAllowed(`You must provide the client_secret of the ${kind} when you use a publishable key.`);
  if (said !== undefined && said !== secret) throw wrongParameter(`The client_secret provided does not match the client_secret associated with the ${kind}.`, 'client_secret', `${kind}_invalid_parameter`);
}
