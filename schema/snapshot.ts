import { z } from 'zod';
import type { Contracts } from './contracts.js';

/** A JSON Schema, as far as we read it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Every version of every event and ask, as it travels: what a change is compared with. */
export interface Snapshot {
  readonly events: Readonly<Record<string, { readonly description: string; readonly aggregate: string; readonly payload: JsonSchema }>>;
  readonly asks: Readonly<Record<string, { readonly description: string; readonly changes: boolean; readonly deadlineMs: number; readonly input: JsonSchema; readonly output: JsonSchema }>>;
}

/** Describes the contracts as data. Throws when one holds what JSON cannot carry, such as a Date. */
export function snapshotOf({ events, asks }: Contracts): Snapshot {
  return {
    events: Object.fromEntries(events.map((e) => [e.key, { description: e.description, aggregate: e.aggregate, payload: jsonSchema(e.key, e.payload) }])),
    asks: Object.fromEntries(asks.map((a) => [a.key, {
      description: a.description,
      changes: a.changes,
      deadlineMs: a.deadlineMs,
      input: jsonSchema(a.key, a.input),
      output: jsonSchema(a.key, a.output),
    }])),
  };
}

/** The side that is written, not the one that is read: defaults are still absent, and unknown fields still allowed. */
function jsonSchema(key: string, schema: z.ZodType): JsonSchema {
  try {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw' });
    return rest;
  } catch (cause) {
    throw new Error(`The contract ${key} cannot travel as JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
