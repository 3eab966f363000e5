/** A local server cannot be had. The message is one sentence for people that says what to do. */
export class LocalServerError extends Error {
  override readonly name = 'LocalServerError';
}
