/** One passing of a boundary since its child was armed. */
export interface Passing {
  /** Whose work it was: the client's request as the client named it, `webhook` or `callback` of a provider, or `background` for jobs, relays and consumers. */
  readonly from: string;
  /** The boundary as the kit marks it. */
  readonly name: string;
  /** The how manieth of this name in this work, from 1. */
  readonly nth: number;
}

/** The header by which a client names its request. */
export const fromHeader = 'x-crash-from';

/** What the parent tells a child. */
export type ToChild = { readonly kind: 'go' } | { readonly kind: 'arm'; readonly dieAt?: Passing } | { readonly kind: 'tell' };

/** What a child tells its parent. */
export type FromChild = { readonly kind: 'loaded' } | { readonly kind: 'ready'; readonly url: string } | { readonly kind: 'armed' } | { readonly kind: 'told'; readonly passings: readonly Passing[] } | { readonly kind: 'failed'; readonly why: string };

/** What a child is started with, as JSON in `CRASH_CHILD`. */
export interface ChildSettings {
  readonly dataDir: string;
  readonly port: number;
  readonly database: string;
  readonly postgresUrl: string;
  readonly mongoUrl: string | undefined;
  readonly mailUrl: string | undefined;
  readonly natsUrls: Readonly<Record<string, string>>;
  readonly seeds: readonly string[];
}

/** A passing as people read it. */
export function nameOf({ from, name, nth }: Passing): string {
  return `${from} · ${name}${nth > 1 ? ` (${nth})` : ''}`;
}
