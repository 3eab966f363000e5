import { badInput } from '@haat/kit/refusal';
import type { Vendor } from '../vendor/vendor.js';

/** The columns of a holiday. */
export type HolidayColumns = Pick<Vendor, 'holidayFrom' | 'holidayUntil' | 'holidayTurnsAt'>;

/** No holiday, now or planned. */
const none: HolidayColumns = { holidayFrom: null, holidayUntil: null, holidayTurnsAt: null };

/** A holiday as a vendor wants it; null ends the one there is. Refuses one that is over or ends before it begins. */
export function holidayOf(wish: { readonly from?: Date | null; readonly until?: Date | null } | null, now: Date): HolidayColumns {
  if (!wish) return none;
  const [from, until] = [wish.from ?? now, wish.until ?? null];
  if (until && (until <= from || until <= now)) throw badInput([{ path: ['input', 'holiday', 'until'], message: 'expected a moment to come, after the first one' }]);
  return turned({ holidayFrom: from, holidayUntil: until }, now);
}

/** The same holiday at a moment: when it begins or ends next, and nothing of it once it is over. */
export function turned({ holidayFrom, holidayUntil }: Pick<Vendor, 'holidayFrom' | 'holidayUntil'>, now: Date): HolidayColumns {
  if (!holidayFrom || (holidayUntil && holidayUntil <= now)) return none;
  return { holidayFrom, holidayUntil, holidayTurnsAt: now < holidayFrom ? holidayFrom : holidayUntil };
}
