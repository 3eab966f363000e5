/** When something counts: from the one moment on, before the other; null does not limit. */
export interface TimeWindow {
  readonly from: Date | null;
  readonly until: Date | null;
}

/** Where a moment lies. The end is no part of the window. */
export function whereIn(window: TimeWindow, now: Date): 'BEFORE' | 'WITHIN' | 'AFTER' {
  if (window.until !== null && now.getTime() >= window.until.getTime()) return 'AFTER';
  if (window.from !== null && now.getTime() < window.from.getTime()) return 'BEFORE';
  return 'WITHIN';
}

/** Whether it counts now. */
export function isWithin(window: TimeWindow, now: Date): boolean {
  return whereIn(window, now) === 'WITHIN';
}
