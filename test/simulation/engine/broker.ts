import type { Said } from './store.js';
import { away, type Work } from './work.js';
import type { World } from './world.js';

/** How long the broker knows an event's id, in milliseconds. */
const duplicateWindowMs = 120_000;

/** An event where a stream has it. */
export interface Message {
  readonly sequence: number;
  readonly event: Said;
  readonly atMs: number;
}

/** What the broker keeps of one reader of a stream: everything up to the floor was acknowledged, and some behind it. */
export interface ReaderPlace {
  floor: number;
  acked: Set<number>;
}

/** Streams, one of each producer, and the places of their readers. It delivers at least once, in order of the stream at first. */
export class Broker {
  isUp = true;
  private readonly streams = new Map<string, Message[]>();
  private readonly places = new Map<string, ReaderPlace>();
  private readonly restarted: (() => void)[] = [];
  private readonly published: (() => void)[] = [];

  constructor(private readonly world: World) {}

  streamOf(producer: string): Message[] {
    const there = this.streams.get(producer) ?? [];
    this.streams.set(producer, there);
    return there;
  }

  /** Takes an event, once within the window. The event may be lost on the way, or the word of it. */
  *publish(producer: string, event: Said): Work<number> {
    const { world } = this;
    yield world.aMoment();
    if (!this.isUp || world.falls('lostPublish')) throw away;
    const stream = this.streamOf(producer);
    const known = stream.find((one) => one.event.id === event.id && world.timeline.nowMs - one.atMs < duplicateWindowMs);
    const sequence = known?.sequence ?? stream.length + 1;
    if (!known) stream.push({ sequence, event, atMs: world.timeline.nowMs });
    for (const hear of this.published) hear();
    yield 0;
    if (world.falls('lostPublish')) throw away;
    return sequence;
  }

  /** The place of a reader, made at the beginning of the stream where there is none. */
  placeOf(reader: string, producer: string): ReaderPlace {
    const key = `${reader} ${producer}`;
    const place = this.places.get(key) ?? { floor: 0, acked: new Set<number>() };
    this.places.set(key, place);
    return place;
  }

  onRestart(hear: () => void): void {
    this.restarted.push(hear);
  }

  onPublish(hear: () => void): void {
    this.published.push(hear);
  }

  /** Goes away for a moment; comes back without its newest events where it forgets. */
  restart(forgets: boolean): void {
    const { world } = this;
    this.isUp = false;
    world.note(() => `the broker goes away${forgets ? ' and forgets' : ''}`);
    if (forgets) for (const [producer, stream] of this.streams) this.forget(producer, stream);
    world.timeline.after(world.random.whole(500, 30_000), () => {
      this.isUp = true;
      world.note(() => 'the broker is back');
      for (const hear of this.restarted) hear();
    });
  }

  private forget(producer: string, stream: Message[]): void {
    stream.splice(stream.length - this.world.random.whole(0, Math.min(4, stream.length)));
    for (const [key, place] of this.places) {
      if (!key.endsWith(` ${producer}`)) continue;
      place.floor = Math.min(place.floor, stream.length);
      place.acked = new Set([...place.acked].filter((sequence) => sequence <= stream.length));
    }
  }
}
