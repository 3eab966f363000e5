import { Broker } from './broker.js';
import type { EngineParts } from './engine-parts.js';
import { Random } from './random.js';
import { Timeline } from './timeline.js';
import { drawnWeather, type Weather } from './weather.js';
import { Away, Refused, type Settled } from './work.js';

/** One run: a clock, a broker, the faults, and everything that happened. */
export class World<P extends EngineParts = EngineParts> {
  readonly random: Random;
  readonly timeline = new Timeline();
  readonly weather: Weather;
  readonly broker: Broker;
  /** What breaks the business at the moment it happens; bugs among it. */
  readonly wrongs: string[] = [];
  readonly trace: string[] = [];
  deaths = 0;
  /** No faults any more: everything comes to rest. */
  isHealed = false;
  private readonly heard = new Map<string, string[]>();

  constructor(seed: number, readonly parts: P, private readonly isTraced: boolean) {
    this.random = new Random(seed);
    this.weather = drawnWeather(this.random);
    this.broker = new Broker(this);
  }

  /** A line of the trace, made only where somebody reads it. */
  note(line: () => string): void {
    if (this.isTraced) this.trace.push(`${(this.timeline.nowMs / 1_000).toFixed(3).padStart(9)} ${line()}`);
  }

  /** Whether a fault comes now. */
  falls(fault: 'crash' | 'lostAsk' | 'stall' | 'lostPublish' | 'lostAck' | 'lostCallback' | 'repeatedCallback' | 'wrongAmount'): boolean {
    return !this.isHealed && this.random.chance(this.weather[fault]);
  }

  /** How long a step takes, in milliseconds: who comes first is anybody's guess. */
  aMoment(): number {
    return this.random.whole(0, 12);
  }

  /** How long work stands still, in milliseconds: mostly not at all. */
  aStall(): number {
    return this.falls('stall') ? this.random.whole(20_000, 150_000) : 0;
  }

  /** How wrong a process' clock is from now on, in milliseconds. */
  drawnSkewMs(): number {
    return this.weather.skewMs === 0 || this.isHealed ? 0 : this.random.pick([0, 0, -this.weather.skewMs, this.weather.skewMs]);
  }

  /** Whether an event cannot be taken by a consumer: one of those it hears, until everything is mended. */
  isPoisoned(consumer: string, eventId: string): boolean {
    const { poisoned } = this.weather;
    if (this.isHealed || poisoned?.consumer !== consumer) return false;
    const seen = this.heard.get(consumer) ?? [];
    if (!seen.includes(eventId)) seen.push(eventId);
    this.heard.set(consumer, seen);
    return seen[poisoned.nth - 1] === eventId;
  }

  /** Work that nobody waits for may be away or refused; anything else is a bug. */
  readonly unexpected = (settled: Settled<unknown>): void => {
    if ('error' in settled && !(settled.error instanceof Away) && !(settled.error instanceof Refused)) this.wrongs.push(`BUG ${settled.error instanceof Error ? settled.error.message : 'unknown'}`);
  };
}
