/** Called at every crash boundary while a test listens. May never return: the test kills the process there. */
export type BoundaryHook = (name: string) => void | Promise<void>;

let hook: BoundaryHook | undefined;

/** Switches the marks on (tests only) or off again. */
export function onBoundary(next: BoundaryHook | undefined): void {
  hook = next;
}

/** Whether anybody listens. Check it first where building the name costs something. */
export function boundariesOn(): boolean {
  return hook !== undefined;
}

/**
 * Marks a point at which a crash leaves a different world: before and after each statement, commit, publish, ack, ask
 * and outside call. `name` is `<subgraph>/<what>:<before|after>`. Free when off: one comparison.
 */
export function boundary(name: string): void | Promise<void> {
  return hook?.(name);
}
