import type { TimeCondition } from '../condition.js';
import { cannot, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** It is the right time of the week, where the condition's clock hangs. */
export function checkTime(condition: TimeCondition, { input }: ConditionView): Shortfall | null {
  const { day, minute } = timeOfWeek(input.now, condition.timeZone);
  const isDay = (of: number): boolean => condition.days.length === 0 || condition.days.includes(of);
  const { fromMinute, untilMinute } = condition;
  const dayBefore = day === 1 ? 7 : day - 1;
  const isNow = fromMinute < untilMinute
    ? isDay(day) && minute >= fromMinute && minute < untilMinute
    : (isDay(day) && minute >= fromMinute) || (isDay(dayBefore) && minute < untilMinute);
  return isNow ? null : cannot('NOT_ELIGIBLE', 'TIME');
}

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function timeOfWeek(now: Date, timeZone: string): { day: number; minute: number } {
  const parts = new Map(clockOf(timeZone).formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: weekdays.indexOf(parts.get('weekday') ?? '') + 1, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { timeZone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
}
