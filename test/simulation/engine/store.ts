import { Gate, type Work } from './work.js';

/** A table of rows of one shape. */
export interface Table<T> {
  readonly name: string;
  readonly shape?: T;
}

/** Names a table. */
export function table<T>(name: string): Table<T> {
  return { name };
}

/** An event as it is said. */
export interface Said<P = unknown> {
  readonly id: string;
  readonly tenant: string;
  readonly type: string;
  readonly aggregate: { readonly id: string; readonly version: number };
  readonly payload: P;
  /** Said before: who applied this version skips it. */
  readonly isAgain: boolean;
}

/** An event in the outbox; `sequence` is where the broker has it, null while it waits. */
export interface OutboxRow {
  readonly event: Said;
  sequence: number | null;
}

/** That an event had its effect, noted with the effect itself, for whoever checks. */
export interface Effect {
  readonly consumer: string;
  readonly event: Said;
}

/** What a transaction would leave behind. */
export interface Changes {
  readonly rows: Map<string, Map<string, unknown>>;
  readonly events: Said[];
  readonly effects: Effect[];
}

/** The database of one subgraph: keeps what was committed, whoever dies. */
export class Store {
  readonly outbox: OutboxRow[] = [];
  readonly effects: Effect[] = [];
  private readonly tables = new Map<string, Map<string, unknown>>();
  private readonly locks = new Map<string, { owner: Tx; readonly waiting: { readonly tx: Tx; readonly gate: Gate }[] }>();
  private events = 0;
  private numbers = 0;
  /** Told of every commit. */
  onCommit: (changes: Changes) => void = () => undefined;

  constructor(readonly name: string) {}

  /** All rows of a table as they were committed; nobody may change them. */
  all<T>({ name }: Table<T>): T[] {
    return [...(this.tables.get(name)?.values() ?? [])] as T[];
  }

  /** A committed row; nobody may change it. */
  row<T>({ name }: Table<T>, key: string): T | undefined {
    return this.tables.get(name)?.get(key) as T | undefined;
  }

  /** A row from before the run. */
  put<T>({ name }: Table<T>, key: string, row: T): void {
    this.tableOf(name).set(key, row);
  }

  /** Makes rows lasting. */
  keepRows({ rows, effects }: Changes): void {
    for (const [name, changed] of rows) for (const [key, row] of changed) this.tableOf(name).set(key, row);
    this.effects.push(...effects);
  }

  /** Makes events lasting. */
  keepEvents({ events }: Changes): void {
    for (const event of events) this.outbox.push({ event, sequence: null });
  }

  nextEventId(): string {
    return `${this.name}-${(this.events += 1)}`;
  }

  /** A number that nobody has: not even who was rolled back gave it back. */
  nextNumber(): number {
    return (this.numbers += 1);
  }

  /** Waits until nobody else has it; the transaction has it until its end. */
  *lock(tx: Tx, key: string): Work {
    const held = this.locks.get(key);
    if (!held) return void this.locks.set(key, { owner: tx, waiting: [] });
    if (held.owner === tx) return;
    const gate = new Gate();
    held.waiting.push({ tx, gate });
    yield gate;
  }

  /** Gives back what a transaction had. */
  release(tx: Tx): void {
    for (const [key, held] of this.locks) {
      if (held.owner !== tx) continue;
      const next = held.waiting.shift();
      if (!next) this.locks.delete(key);
      else {
        held.owner = next.tx;
        next.gate.open();
      }
    }
  }

  /** Whoever held or waited is dead. */
  releaseAll(): void {
    this.locks.clear();
  }

  private tableOf(name: string): Map<string, unknown> {
    const there = this.tables.get(name) ?? new Map<string, unknown>();
    this.tables.set(name, there);
    return there;
  }
}

/** One transaction: sees what is committed and its own changes, and leaves all of them or none. */
export class Tx {
  readonly changes: Changes = { rows: new Map(), events: [], effects: [] };

  constructor(readonly store: Store, readonly nowMs: () => number) {}

  get<T>(of: Table<T>, key: string): T | undefined {
    const own = this.changes.rows.get(of.name)?.get(key) as T | undefined;
    const row = own ?? this.store.row(of, key);
    return row === undefined ? undefined : copied(row);
  }

  /** A row that must be there. */
  need<T>(of: Table<T>, key: string): T {
    const row = this.get(of, key);
    if (row === undefined) throw new Error(`${of.name} has no ${key}.`);
    return row;
  }

  set<T>(of: Table<T>, key: string, row: T): void {
    const rows = this.changes.rows.get(of.name) ?? new Map<string, unknown>();
    this.changes.rows.set(of.name, rows.set(key, copied(row)));
  }

  /** Locks a row, and reads it as it is behind the lock. */
  *locked<T>(of: Table<T>, key: string): Work<T | undefined> {
    yield* this.store.lock(this, `${of.name}/${key}`);
    return this.get(of, key);
  }

  emit(tenant: string, type: string, aggregate: Said['aggregate'], payload: unknown, isAgain = false): void {
    this.changes.events.push({ id: this.store.nextEventId(), tenant, type, aggregate: { id: aggregate.id, version: aggregate.version }, payload: copied(payload), isAgain });
  }
}

/** A deep copy of plain data. */
export function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(copied) as T;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copied((value as Record<string, unknown>)[name]);
  return copy as T;
}
