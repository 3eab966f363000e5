/** Under which keys answers about stock are kept. */
export const stockKeys = {
  lists: (vendorId: string) => ['stock', vendorId] as const,
  list: (vendorId: string, isLowOnly: boolean) => ['stock', vendorId, isLowOnly] as const,
};
