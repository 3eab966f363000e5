import { Store, Tx } from './store.js';
import { Away, away, Refused, type Settled, type Waiting, type Work } from './work.js';
import type { World } from './world.js';

/** How long a question waits for its answer, in milliseconds. */
const askLimitMs = 8_000;

/** Deaths of one run, at most: in the end somebody gets something done. */
const deathsMax = 12;

/** A process of ours: dies at any boundary, and comes again with what its store has. */
export class Process {
  readonly store: Store;
  isUp = true;
  /** How wrong its own clock is, in milliseconds. */
  skewMs = 0;
  private life = 0;
  private readonly loops: (() => Work)[] = [];
  /** Told when it comes again. */
  private readonly beginnings: (() => void)[] = [];

  constructor(readonly world: World, readonly name: string, private readonly isMortal = true) {
    this.store = new Store(name);
    this.skewMs = isMortal ? world.drawnSkewMs() : 0;
  }

  /** Its own clock. */
  nowMs(): number {
    return this.world.timeline.nowMs + this.skewMs;
  }

  /** Work that goes on as long as the process lives, and begins anew with it. */
  always(loop: () => Work): void {
    this.loops.push(loop);
    this.run(loop());
  }

  onBegin(begin: () => void): void {
    this.beginnings.push(begin);
  }

  /** Something that is looked at every so often. */
  every(periodMs: number, job: () => Work): void {
    this.always(function* repeat(this: Process): Work {
      for (;;) {
        yield periodMs;
        yield* this.unlessAway(job());
      }
    }.bind(this));
  }

  /** Does work until it ends or the process dies; what it came to is told only in the first case. */
  run<T>(work: Work<T>, settle: (settled: Settled<T>) => void = this.world.unexpected): void {
    const { life, world } = this;
    const step = (): void => {
      if (this.life !== life) return;
      let next: IteratorResult<number | Waiting, T>;
      try {
        next = work.next();
      } catch (error) {
        return settle({ error });
      }
      if (next.done) return settle({ value: next.value });
      if (this.isMortal && world.deaths < deathsMax && world.falls('crash')) return this.die();
      if (typeof next.value === 'number') world.timeline.after(next.value, step);
      else next.value.whenOver(step);
    };
    world.timeline.after(0, step);
  }

  /** What is not committed is gone. It comes again a little later. */
  die(): void {
    const { world, store } = this;
    world.deaths += 1;
    world.note(() => `${this.name} dies`);
    this.life += 1;
    this.isUp = false;
    store.releaseAll();
    world.timeline.after(world.random.whole(200, 20_000), () => {
      this.isUp = true;
      this.skewMs = world.drawnSkewMs();
      world.note(() => `${this.name} begins`);
      for (const begin of this.beginnings) begin();
      for (const loop of this.loops) this.run(loop());
    });
  }

  /** All of it or nothing: rows, events and notes of effects in one commit. */
  *transaction<T>(work: (tx: Tx) => Work<T>): Work<T> {
    const { store, world } = this;
    const tx = new Tx(store, () => this.nowMs());
    let answer: T;
    try {
      yield world.aMoment();
      answer = yield* work(tx);
      yield world.aMoment();
      yield* world.parts.commit(store, tx.changes);
      store.onCommit(tx.changes);
    } finally {
      store.release(tx);
    }
    if (tx.changes.rows.size > 0) world.note(() => `${this.name} commits ${[...tx.changes.rows].map(([name, rows]) => `${name} ${[...rows.keys()].join(' ')}`).join(', ')}${tx.changes.events.map((event) => `, says ${event.type} ${event.aggregate.id} ${event.aggregate.version}`).join('')}`);
    yield 0;
    return answer;
  }

  /** Asks this process for something, from wherever: the question or the answer may be lost, and the process may die of it. */
  *ask<T>(work: () => Work<T>): Work<T> {
    const { world } = this;
    yield world.aMoment() + world.aStall();
    if (!this.isUp || world.falls('lostAsk')) {
      yield world.random.whole(10, askLimitMs);
      throw away;
    }
    const reply = new Reply<T>();
    const isLost = world.falls('lostAsk');
    this.run(work(), (settled) => (isLost ? undefined : world.timeline.after(world.aMoment(), () => reply.settle(settled))));
    world.timeline.after(askLimitMs, () => reply.settle({ error: away }));
    yield reply;
    yield world.aStall();
    return reply.answer();
  }

  /** Work that somebody comes back to. */
  *unlessAway(work: Work): Work {
    try {
      yield* work;
    } catch (error) {
      if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
    }
  }
}

class Reply<T> implements Waiting {
  private settled: Settled<T> | undefined;
  private resume: (() => void) | undefined;

  settle(settled: Settled<T>): void {
    if (this.settled) return;
    this.settled = settled;
    this.resume?.();
  }

  whenOver(resume: () => void): void {
    if (this.settled) resume();
    else this.resume = resume;
  }

  answer(): T {
    if (!this.settled) throw new Error('Nobody answered yet.');
    if ('error' in this.settled) throw this.settled.error;
    return this.settled.value;
  }
}
