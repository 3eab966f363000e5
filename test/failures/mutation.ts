import { registerHooks } from 'node:module';

/** A fault built into one function of the product, for a test of the tests. */
export interface Mutation {
  /** As the table of the README names it. */
  readonly name: string;
  /** The end of the compiled file's path. */
  readonly file: string;
  /** What stands there, once, and what is read in its place. */
  readonly from: string;
  readonly to: string;
  /** Where the process dies, so that the fault shows. */
  readonly flow: 'checkout' | 'events' | 'shipment';
  readonly boundary: { readonly name: string; readonly nth: number };
  /** What then breaks. */
  readonly breaks: RegExp;
}

/** The faults there are. */
export const mutations: readonly Mutation[] = [
  {
    name: 'call-retried-under-another-key', file: 'payments/dist/stripe/stripe-provider.js', flow: 'checkout', boundary: { name: 'payments/stripe:after', nth: 1 }, breaks: /S5/,
    from: '{ idempotencyKey: attemptId }', to: '{ idempotencyKey: attemptId + Math.random() }',
  },
  {
    name: 'outbox-outside-the-transaction', file: 'kit-postgres/dist/postgres-unit.js', flow: 'checkout', boundary: { name: 'orders/commit:after', nth: 2 }, breaks: /S11/,
    from: 'await unsaidEventsOf(this.db).add(', to: 'const late = unsaidEventsOf(this.db.connection.manager); this.shared.hooks.push(() => late.write()); await late.add(',
  },
  {
    name: 'mark-sent-before-publish', file: 'kit-run/dist/relay.js', flow: 'events', boundary: { name: 'orders/publish:before', nth: 1 }, breaks: /S9|Not within/,
    from: 'const published = await publishBatch(', to: 'await store.outbox.markPublished(batch.map(({ envelope }) => ({ tenantId: envelope.tenantId, id: envelope.id, streamSequence: this.highest }))); const published = await publishBatch(',
  },
  {
    name: 'ack-before-effect', file: 'kit-run/dist/consumer-feed.js', flow: 'events', boundary: { name: 'orders/commit:before', nth: 1 }, breaks: /S9|S10|Not within/,
    from: '(await this.outcomeOf(heard))', to: '(await this.inFlight.get(key)?.ackAck(), await this.outcomeOf(heard))',
  },
  {
    name: 'courier-asked-twice', file: 'shipping/dist/carrier/book-parcel.js', flow: 'shipment', boundary: { name: 'shipping/pathao:after', nth: 1 }, breaks: /S6/,
    from: "if (parcel.booking === 'ASKED') {", to: "if (parcel.booking === 'ASKED') parcel.booking = 'WAITING'; if (false) {",
  },
];

/** Makes this process load one of the faults, by its name. Throws where the text that it replaces is not there. */
export function mutate(name: string | undefined): void {
  if (!name) return;
  const found = mutations.find((one) => one.name === name);
  if (!found) throw new Error(`There is no mutation ${name}.`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(found.file)) return loaded;
      const source = String(loaded.source);
      if (source.split(found.from).length !== 2) throw new Error(`${found.file} has not once: ${found.from}`);
      return { ...loaded, source: source.replace(found.from, () => found.to) };
    },
  });
}
