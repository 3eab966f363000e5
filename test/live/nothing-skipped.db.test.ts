import type { LiveReading } from '@haat/transport-client/live-feed';
import { transport, type Transport } from '@haat/transport-client/transport';
import { eventually } from '@haat/kit/testing/eventually';
import { merchant } from '@haat/gateway/testing/live-rig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGatewayProcesses, type GatewayProcesses } from './gateway-processes.js';
import { liveLevels, liveMessages } from './subscriptions.js';

/** `HAAT_LIVE_SCALE=10` makes it 300 subscribers and 20,000 changes. */
const scale = Number(process.env['HAAT_LIVE_SCALE'] ?? 1);
const tenants = ['acme', 'nordic', 'third', 'fourth'];
const subscribersMax = 30 * scale;
const changesMax = 2_000 * scale;
const changesPerKill = 400;
const limitMs = 40_000 * scale;

interface Change {
  readonly id: string;
  readonly tenant: string;
  readonly vendorId: string;
  readonly count: number;
  /** Whose message it is, where it is none of a level. */
  readonly userId?: string;
}

interface Subscriber {
  readonly tenant: string;
  readonly userId: string;
  readonly vendorId: string;
  readonly kind: 'levels' | 'low' | 'messages';
  readonly heard: string[];
  gaps: number;
}

describe('under killed gateways and a killed broker', () => {
  let processes: GatewayProcesses;
  const doors: Transport[] = [];
  const readings: LiveReading<unknown>[] = [];
  let heardInAll = 0;
  beforeAll(async () => { processes = await startGatewayProcesses(2); });
  afterAll(async () => {
    doors.forEach((door) => door.close());
    await processes?.close();
  });

  it('each subscriber hears exactly its own sequence [GW-16]', async () => {
    const subscribers = await Promise.all(Array.from({ length: subscribersMax }, (_, n) => subscribed(n)));
    // The first cursor says that nothing is missed from then on.
    await eventually(() => readings.every(({ cursor }) => cursor !== undefined), 20_000);
    const changes: Change[] = [];
    const faults = { isOver: false, killed: 0, due: 0 };
    const killing = killAtRandom(faults);
    for (let n = 0; n < changesMax; n += 1) {
      // However fast they are said, somebody falls in between.
      faults.due = Math.floor(n / changesPerKill);
      await eventually(() => faults.killed >= faults.due, limitMs);
      changes.push(await say(n));
    }
    faults.isOver = true;
    await killing;
    const wanted = subscribers.map((subscriber) => changes.filter((change) => isFor(subscriber, change)).map(({ id }) => id));
    await eventually(() => {
      const late = subscribers.flatMap(({ heard }, n) => (heard.length >= (wanted[n]?.length ?? 0) ? [] : [`${n}: ${heard.length} of ${wanted[n]?.length}`]));
      if (late.length > 0) throw new Error(`Not all have heard everything: ${late.join(', ')}`);
      return true;
    }, limitMs);
    subscribers.forEach((subscriber, n) => expect(subscriber.heard, `${subscriber.kind} of ${subscriber.vendorId} in ${subscriber.tenant}`).toEqual(wanted[n]));
    expect(subscribers.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
    expect(faults.killed).toBeGreaterThanOrEqual(changesMax / changesPerKill - 1);
  }, limitMs * 2);

  /** Each has rights of its own: at one vendor of two, in one tenant of four. */
  const subscribed = async (n: number): Promise<Subscriber> => {
    const tenant = tenants[n % tenants.length] ?? 'acme';
    const vendorId = `v${(n >> 2) % 2}`;
    const kind = (['levels', 'low', 'messages'] as const)[n % 3] ?? 'levels';
    const subscriber: Subscriber = { tenant, vendorId, kind, userId: `usr_${n % 10}`, heard: [], gaps: 0 };
    processes.identity.viewers.set(subscriber.userId, merchant(subscriber.userId, ['v0', 'v1']));
    processes.identity.tenants.set(tenant, { id: `ten_${tenant}`, slug: tenant, name: tenant, status: 'OPEN', currency: 'EUR', locales: ['en'], timeZone: 'UTC', features: [], limits: {} });
    const token = (): Promise<string> => processes.identity.sign({ sub: subscriber.userId, ten: `ten_${tenant}` });
    const door = transport({ url: anyUrl, token, headers: { 'x-haat-tenant': tenant }, sendsTexts: true });
    doors.push(door);
    void listen(door, subscriber);
    return subscriber;
  };

  const anyUrl = (): string => processes.gateways[Math.floor(Math.random() * processes.gateways.length)]?.url ?? '';

  const listen = async (door: Transport, subscriber: Subscriber): Promise<void> => {
    const feed = subscriber.kind === 'messages' ? door.live(liveMessages, {}) : door.live(liveLevels, { vendorId: subscriber.vendorId, lowOnly: subscriber.kind === 'low' });
    readings.push(feed);
    for await (const { data, gap } of feed) {
      heardInAll += 1;
      if (gap) subscriber.gaps += 1;
      else if (data && 'levelChanged' in data) subscriber.heard.push(data.levelChanged.id);
      else if (data) subscriber.heard.push(data.messageArrived.id);
    }
  };

  const isFor = ({ tenant, vendorId, kind, userId }: Subscriber, change: Change): boolean => {
    if (tenant !== change.tenant) return false;
    if (kind === 'messages') return change.userId === userId;
    return change.userId === undefined && change.vendorId === vendorId && (kind === 'levels' || change.count < 5);
  };

  /** Until the broker has it, as an outbox would. */
  const say = async (n: number): Promise<Change> => {
    const change: Change = { id: `c${n}`, tenant: tenants[(n * 7) % 4] ?? '', vendorId: `v${(n >> 3) % 2}`, count: n % 10, ...(n % 5 === 0 && { userId: `usr_${(n / 5) % 10}` }) };
    const tenantId = `ten_${change.tenant}`;
    const id = `evt_${'0'.repeat(8)}-0000-7000-8000-${String(n).padStart(12, '0')}`;
    await eventually(async () => {
      if (change.userId !== undefined) await processes.sayer.sendMessage(tenantId, change.id, change.userId, { id });
      else await processes.sayer.changeLevel(tenantId, change, { id });
      return true;
    }, 20_000);
    return change;
  };

  const killAtRandom = async (faults: { isOver: boolean; killed: number; due: number }): Promise<void> => {
    for (let round = 0; !faults.isOver; round += 1) {
      const victim = round % 3 === 2 ? processes.broker : processes.gateways[Math.floor(Math.random() * 2)];
      await victim?.kill();
      faults.killed += 1;
      await victim?.start();
      const before = heardInAll;
      const enough = Math.random() * subscribersMax;
      await eventually(() => faults.isOver || faults.due > faults.killed || heardInAll > before + enough, limitMs);
    }
  };
});
