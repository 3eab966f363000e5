/** Something that is waited for. */
export interface Waiting {
  /** Goes on once it is over, at once where it is over already. */
  whenOver(resume: () => void): void;
}

/** Where work stops for a moment: for so many virtual milliseconds, or until something is over. Here others come between, and here a process dies. */
export type Pause = number | Waiting;

/** Work that stops at each of its boundaries. */
export type Work<T = void> = Generator<Pause, T, void>;

/** What became of work. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** Opens once; who waits goes on then. */
export class Gate implements Waiting {
  private isOpen = false;
  private waiting: (() => void)[] = [];

  whenOver(resume: () => void): void {
    if (this.isOpen) resume();
    else this.waiting.push(resume);
  }

  open(): void {
    this.isOpen = true;
    const all = this.waiting;
    this.waiting = [];
    for (const resume of all) resume();
  }
}

/** A coded refusal, as the product has them. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const refusals = new Map<string, Refused>();

/** The refusal with a code, made once: where it is thrown again and again its stack would tell nothing. */
export function refused(code: string): Refused {
  const known = refusals.get(code) ?? new Refused(code);
  refusals.set(code, known);
  return known;
}

/** Whoever was asked did not answer: nobody knows what they did. */
export class Away extends Error {}

/** Thrown again and again: its stack would tell nothing. */
export const away = new Away();
