/** Collects the parameters of a statement that is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and answers how the statement names it. */
  put(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
