/**
 * Ids that are remembered at most, some 100 bytes each: as many calls as a process takes in the time a signature is good for.
 * Beyond it the oldest is forgotten, and its call could be repeated for what is left of its time.
 */
export const usedIdsMax = 200_000;

/** Remembers ids for as long as they could come again. */
export interface UsedOnce {
  /** Whether an id comes for the first time. It is remembered until `goodUntil`, in seconds since 1970. */
  isFirst(id: string, goodUntil: number, now: Date): boolean;
}

/** Makes it, for one process: another one knows nothing of it. */
export function usedOnce(idsMax: number = usedIdsMax): UsedOnce {
  /** In the order they came, which is nearly that in which they end. */
  const used = new Map<string, number>();
  return {
    isFirst(id, goodUntil, now) {
      if (used.has(id)) return false;
      for (const [old, end] of used) {
        if (used.size < idsMax && end > now.getTime() / 1000) break;
        used.delete(old);
      }
      used.set(id, goodUntil);
      return true;
    },
  };
}
