import type { TimeCondition } from '../engine/condition.js';
import type { Promotion } from '../engine/promotion.js';

const dayMinutes = 1_440;
const minuteMs = 60_000;

/** When a time of the week that a promotion is bound to begins or ends next, at the latest in a day; null where it is bound to none. */
export function nextWindowChange({ conditions }: Promotion, now: Date): Date | null {
  const moments = conditions.flatMap((condition) => (condition.kind === 'TIME' ? edgesOf(condition, now) : []));
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

/** As the clock goes now, and the moment at which it is put forward or back before that: from then on they are others. */
function edgesOf({ timeZone, fromMinute, untilMinute }: TimeCondition, now: Date): number[] {
  const minuteOfDay = clockIn(timeZone);
  const begin = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const here = minuteOfDay(begin);
  const edges = [fromMinute, untilMinute].map((edge) => begin + (((edge - here - 1 + 2 * dayMinutes) % dayMinutes) + 1) * minuteMs);
  return [...edges, ...changeOfClock({ from: begin, until: Math.min(...edges) }, minuteOfDay)];
}

/** The first minute by another clock than at the beginning, where the clocks differ; found by halving. */
function changeOfClock({ from, until }: { readonly from: number; readonly until: number }, minuteOfDay: (ms: number) => number): number[] {
  const aheadAt = (ms: number): number => (minuteOfDay(ms) - (ms / minuteMs) % dayMinutes + dayMinutes) % dayMinutes;
  const ahead = aheadAt(from);
  if (aheadAt(until) === ahead) return [];
  let [same, other] = [from, until];
  while (other - same > minuteMs) {
    const middle = same + Math.floor((other - same) / minuteMs / 2) * minuteMs;
    if (aheadAt(middle) === ahead) same = middle;
    else other = middle;
  }
  return [other];
}

function clockIn(timeZone: string): (ms: number) => number {
  const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  return (ms) => {
    const parts = clock.formatToParts(ms);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
    return part('hour') * 60 + part('minute');
  };
}
