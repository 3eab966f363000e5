/** Our own bug: something that cannot be, is. Masked outside, loud in the log. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** States what must hold. `why` says what is wrong when it does not, with the facts. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new InvariantViolation(why);
}
