/** What a checkout does, in this order: `undo` gives back what `take` took. Writing the order is the last, and is never undone. */
export const checkoutSteps = [
  { take: 'freeze', undo: 'thaw' },
  { take: 'decide', undo: null },
  { take: 'reserve', undo: 'release' },
  { take: 'redeem', undo: 'unredeem' },
  { take: 'write', undo: null },
] as const satisfies readonly { readonly take: string; readonly undo: string | null }[];

/** One of the steps, and what gives back what it took. */
export type CheckoutStep = (typeof checkoutSteps)[number]['take'];
export type UndoStep = NonNullable<(typeof checkoutSteps)[number]['undo']>;

/** What gives everything back: the last that was taken comes first. */
export const undoSteps: readonly UndoStep[] = checkoutSteps.flatMap(({ undo }) => (undo === null ? [] : [undo])).reverse();
