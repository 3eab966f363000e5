import type { TimeCondition } from '../engine/condition.js';
import type { Promotion } from '../engine/promotion.js';

const dayMinutes = 1_440;
const minuteMs = 60_000;

/** When a time of the week that a promotion is bound to begins or ends next, at the latest in a day; null where it is bound to none. */
export function nextWindowChange({ conditions }: Promotion, now: Date): Date | null {
  const moments = conditions.flatMap((condition) => (condition.kind === 'TIME' ? edgesOf(condition, now) : []));
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

function edgesOf({ timeZone, fromMinute, untilMinute }: TimeCondition, now: Date): number[] {
  const here = minuteOfDay(now, timeZone);
  const beginOfMinute = Math.floor(now.getTime() / minuteMs) * minuteMs;
  return [fromMinute, untilMinute].map((edge) => beginOfMinute + (((edge - here - 1 + 2 * dayMinutes) % dayMinutes) + 1) * minuteMs);
}

function minuteOfDay(moment: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}
