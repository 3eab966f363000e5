/** The id of what Stripe gives as an id or as the thing itself. */
export function idOf(thing: string | { readonly id: string } | null): string | null {
  return typeof thing === 'string' ? thing : (thing?.id ?? null);
}
