/** Under which keys answers about imports are kept. */
export const importKeys = {
  job: (id: string) => ['import', id] as const,
};
