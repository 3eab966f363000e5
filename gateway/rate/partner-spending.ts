import { usageReport } from '@haat/schema/asks/partners';
import type { Clock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import type { TenantFacts } from '@haat/kit/identity';
import type { Log } from '@haat/kit/log';
import { Refusal } from '@haat/kit/refusal';
import { doorContext, type Asks } from '../asks.js';
import type { Partner } from '../partners.js';

/** How often what was spent is reported, in milliseconds: so much later another gateway knows of it. */
const reportEveryMs = 1_000;

/** Operations of one program that are told apart; the rest of a day counts as the last one. */
const operationsMax = 500;

/** How long a day is, in milliseconds. */
const dayMs = 86_400_000;

/** What programs of partners spend by the day, which all gateways count together. */
export interface PartnerSpending {
  /** Counts what an operation costs a program, or refuses with `RATE_LIMITED`. */
  spendOfDay(tenant: TenantFacts, partner: Partner, operationId: string, points: number): void;
  /** Counts that an operation was refused, by whatever quota. */
  countRefused(tenant: TenantFacts, partner: Partner, operationId: string): void;
  /** Points left of the day, and how long it still is, in seconds. */
  leftOfDay(partner: Partner): { readonly points: number; readonly seconds: number };
  /** Reports what is not reported yet, and stops. */
  close(): Promise<void>;
}

interface Counts {
  points: number;
  requests: number;
  refused: number;
}

/** What one program spent here on one day. */
interface Day {
  readonly tenant: TenantFacts;
  readonly partnerAppId: string;
  readonly day: string;
  readonly operations: Map<string, Counts>;
  /** Points spent here. */
  points: number;
  /** Points spent everywhere, as it was last said, and how many of them were ours. */
  said: { readonly everywhere: number; readonly ours: number };
  isReported: boolean;
}

/** Makes it. While partners cannot be reached, this gateway goes on counting alone. */
export function partnerSpending(asks: Asks, clock: Clock, log: Log): PartnerSpending {
  const source = newId('gtw', clock.now());
  const days = new Map<string, Day>();
  const dayOf = (tenant: TenantFacts, partner: Partner): Day => {
    const day = clock.now().toISOString().slice(0, 10);
    const known = days.get(partner.partnerAppId);
    if (known?.day === day) return known;
    if (known && !known.isReported) void report(known);
    const spent = partner.day === day ? partner.spentToday : 0;
    const fresh: Day = { tenant, partnerAppId: partner.partnerAppId, day, operations: new Map(), points: 0, said: { everywhere: spent, ours: 0 }, isReported: true };
    days.set(partner.partnerAppId, fresh);
    return fresh;
  };
  const report = async (day: Day): Promise<void> => {
    const ours = day.points;
    day.isReported = true;
    const operations = [...day.operations].map(([operationId, counts]) => ({ operationId, ...counts }));
    try {
      const { spentToday } = await asks.ask(usageReport, { partnerAppId: day.partnerAppId, day: day.day, source, operations }, doorContext(clock, day.tenant));
      day.said = { everywhere: spentToday, ours };
    } catch (error) {
      day.isReported = false;
      log.warn({ err: error }, 'What a partner spent could not be reported; it is kept for the next time.');
    }
  };
  const reportAll = (): Promise<unknown> => Promise.all([...days.values()].filter(({ isReported }) => !isReported).map(report));
  let reporting: Promise<unknown> | undefined;
  const timer = setInterval(() => { reporting ??= reportAll().finally(() => { reporting = undefined; }); }, reportEveryMs).unref();
  return {
    spendOfDay(tenant, partner, operationId, points) {
      const day = dayOf(tenant, partner);
      if (spentIn(day) + points > partner.pointsPerDay) throw dayIsSpent(clock.now());
      const counts = countsOf(day, operationId);
      day.isReported = false;
      counts.requests += 1;
      counts.points += points;
      day.points += points;
    },
    countRefused(tenant, partner, operationId) {
      const day = dayOf(tenant, partner);
      countsOf(day, operationId).refused += 1;
      day.isReported = false;
    },
    leftOfDay(partner) {
      const known = days.get(partner.partnerAppId);
      return { points: Math.max(0, partner.pointsPerDay - (known ? spentIn(known) : partner.spentToday)), seconds: Math.ceil(msLeftOfDay(clock.now()) / 1_000) };
    },
    async close() {
      clearInterval(timer);
      await reporting;
      await reportAll();
    },
  };
}

function spentIn({ points, said }: Day): number {
  return said.everywhere + points - said.ours;
}

function countsOf(day: Day, operationId: string): Counts {
  const last = day.operations.size >= operationsMax ? [...day.operations.keys()].at(-1) : undefined;
  const key = day.operations.has(operationId) ? operationId : (last ?? operationId);
  const found = day.operations.get(key) ?? { points: 0, requests: 0, refused: 0 };
  day.operations.set(key, found);
  return found;
}

function msLeftOfDay(now: Date): number {
  return dayMs - (now.getTime() % dayMs);
}

function dayIsSpent(now: Date): Refusal {
  const retryAfterMs = msLeftOfDay(now);
  return new Refusal('RATE_LIMITED', `This program has spent its quota of the day: it begins anew at midnight UTC, in ${Math.ceil(retryAfterMs / 60_000)} min.`, { retryAfterMs, by: 'day' });
}
