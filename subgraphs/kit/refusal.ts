import { GraphQLError } from 'graphql';

/** The codes a client may see in `extensions.code`. */
export type RefusalCode =
  | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_USER_INPUT' | 'TENANT_UNKNOWN' | 'RATE_LIMITED' | 'TOO_EXPENSIVE'
  | 'OPERATION_NOT_ALLOWED' | 'IDEMPOTENCY_KEY_REUSED' | 'CONFLICT_IN_PROGRESS' | 'DEADLINE_EXCEEDED' | 'SUBGRAPH_UNAVAILABLE' | 'INTERNAL';

/** One thing wrong with an input: where (`['input', 'lines', 0, 'quantity']`) and what was expected and came. */
export interface InputProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Refused at the door: thrown, reaches the client as it is, with a stable code and no secret. */
export class Refusal extends GraphQLError {
  constructor(readonly code: RefusalCode, message: string, facts: Record<string, unknown> = {}) {
    super(message, { extensions: { ...facts, code } });
    this.name = 'Refusal';
  }
}

/** Nobody is signed in, and somebody must be. */
export function unauthenticated(message = 'Sign in first.'): Refusal {
  return new Refusal('UNAUTHENTICATED', message);
}

/** Signed in, but this is not theirs to do. */
export function forbidden(message = 'Not allowed for this viewer.'): Refusal {
  return new Refusal('FORBIDDEN', message);
}

/** Does not exist, or may not be known to exist: the same answer. */
export function notFound(what: string): Refusal {
  return new Refusal('NOT_FOUND', `No such ${what}.`);
}

/** The input breaks its contract; every problem is named at once. */
export function badInput(problems: readonly InputProblem[]): Refusal {
  const text = problems.map((p) => `${p.path.join('.')}: ${p.message}`).join('; ');
  return new Refusal('BAD_USER_INPUT', `Input not accepted: ${text}`, { problems });
}

/** The caller's time ran out before the answer was there. */
export function deadlineExceeded(what: string): Refusal {
  return new Refusal('DEADLINE_EXCEEDED', `${what} did not answer in time.`);
}

/** A part we depend on cannot be reached now; trying again later may succeed. */
export function unavailable(what: string): Refusal {
  return new Refusal('SUBGRAPH_UNAVAILABLE', `${what} is not available right now.`);
}

/**
 * The problems of an input that was refused, for every refusal has some. `said` are those that came with it; where they do not
 * say where, or there are none, GraphQL's own words may: they name a variable and a place in it, or an argument.
 */
export function inputProblems(message: string, said: unknown): readonly InputProblem[] {
  const problems = saysProblems(said) ? said : [{ path: [], message }];
  const [first] = problems;
  return problems.length === 1 && first?.path.length === 0 ? [{ path: pathIn(message), message: first.message }] : problems;
}

function saysProblems(said: unknown): said is readonly InputProblem[] {
  return Array.isArray(said) && said.length > 0 && said.every((each: Partial<InputProblem> | null) => Array.isArray(each?.path));
}

function pathIn(message: string): (string | number)[] {
  const name = /^(?:Variable "\$|Argument ")(\w+)" /.exec(message)?.[1];
  if (name === undefined) return [];
  const place = new RegExp(` at "${name}((?:\\.\\w+|\\[\\d+\\])+)"; `).exec(message)?.[1] ?? '';
  return [name, ...[...place.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, field, index]) => field ?? Number(index))];
}
