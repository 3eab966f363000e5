import type { Attributes, Meter } from '@opentelemetry/api';

/** How many values of one label are told apart; what comes after is counted as `other`. Labels cost memory for ever. */
export const labelValuesMax = 200;

/** The longest label value, in characters. */
const labelCharactersMax = 80;

/** Upper ends of the buckets of a time, in seconds. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What a number means and what it is told apart by. Never by tenant, viewer or id: those are on spans and log lines. */
export interface Measured<L extends string> {
  /** Snake case with the unit last: `haat_ask_seconds`. */
  readonly name: string;
  readonly description: string;
  readonly labels: readonly L[];
}

/** Counts what happens. */
export interface Counter<L extends string> {
  add(labels: Readonly<Record<L, string>>, by?: number): void;
}

/** Keeps the distribution of a time. */
export interface Timer<L extends string> {
  record(labels: Readonly<Record<L, string>>, seconds: number): void;
  /** Times a call, with the outcome that `outcomeOf` makes of its end. */
  time<T>(labels: Readonly<Omit<Record<L, string>, 'outcome'>>, work: () => Promise<T>, outcomeOf?: (error: unknown) => string): Promise<T>;
}

/** A number that is looked at when the metrics are read. */
export type Gauge<L extends string> = () => Iterable<{ readonly labels: Readonly<Record<L, string>>; readonly value: number }>;

let meter: Meter | undefined;
let generation = 0;
const gauges = new Map<string, { measured: Measured<string>; read: Set<Gauge<string>> }>();

/** Begins to keep numbers, or stops; telemetry.ts does. Instruments made before are taken over. */
export function switchMeter(next: Meter | undefined): void {
  meter = next;
  generation += 1;
  for (const { measured, read } of gauges.values()) observe(measured, read);
}

/** A counter; name it with `_total` left out, which the text format adds. */
export function counter<L extends string>(measured: Measured<L>): Counter<L> {
  const instrument = lately((m) => m.createCounter(measured.name, { description: measured.description }));
  const bounded = boundedLabels(measured);
  return { add: (labels, by = 1) => instrument()?.add(by, bounded(labels)) };
}

/** A histogram of seconds. */
export function timer<L extends string>(measured: Measured<L>): Timer<L> {
  const instrument = lately((m) => m.createHistogram(measured.name, { description: measured.description, advice: { explicitBucketBoundaries: secondsBuckets } }));
  const bounded = boundedLabels(measured);
  const record: Timer<L>['record'] = (labels, seconds) => instrument()?.record(seconds, bounded(labels));
  return {
    record,
    async time(labels, work, outcomeOf = () => 'failed') {
      const start = performance.now();
      const end = (outcome: string): void => record({ ...labels, outcome } as unknown as Readonly<Record<L, string>>, (performance.now() - start) / 1_000);
      try {
        const done = await work();
        end('ok');
        return done;
      } catch (error) {
        end(outcomeOf(error));
        throw error;
      }
    },
  };
}

/** Adds one reader of a gauge; several parts of a process may read the same one under labels of their own. Answers its undo: the last value stays. */
export function gauge<L extends string>(measured: Measured<L>, read: Gauge<L>): () => void {
  let known = gauges.get(measured.name);
  if (!known) {
    gauges.set(measured.name, (known = { measured, read: new Set() }));
    observe(measured, known.read);
  }
  known.read.add(read as Gauge<string>);
  return () => void known.read.delete(read as Gauge<string>);
}

function observe(measured: Measured<string>, read: ReadonlySet<Gauge<string>>): void {
  const bounded = boundedLabels(measured);
  meter?.createObservableGauge(measured.name, { description: measured.description }).addCallback((result) => {
    for (const one of read) for (const { labels, value } of one()) result.observe(value, bounded(labels));
  });
}

/** An instrument of the meter that there is now: the api has no stand-in for one that comes later. */
function lately<I>(make: (meter: Meter) => I): () => I | undefined {
  let made: { readonly of: number; readonly instrument: I | undefined } | undefined;
  return () => {
    if (made?.of !== generation) made = { of: generation, instrument: meter && make(meter) };
    return made.instrument;
  };
}

function boundedLabels<L extends string>(measured: Measured<L>): (labels: Readonly<Record<L, string>>) => Attributes {
  const seen = new Map<L, Set<string>>(measured.labels.map((label) => [label, new Set()]));
  return (labels) => Object.fromEntries([...seen].map(([label, values]) => [label, known(values, labels[label])]));
}

function known(values: Set<string>, value: string): string {
  const text = value.slice(0, labelCharactersMax);
  if (values.has(text)) return text;
  if (values.size >= labelValuesMax) return 'other';
  values.add(text);
  return text;
}
