import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAsk } from './ask.js';
import { breakingContractChanges } from './contract-changes.js';
import { defineEvent } from './event.js';
import { snapshotOf } from './snapshot.js';

const facts = { mugId: z.string(), size: z.enum(['S', 'M']), notes: z.array(z.object({ text: z.string() })), price: z.int().min(0).optional() };

describe('changes of an event', () => {
  it.each([
    ['a removed field', { ...facts, size: undefined }, 'payload.size was removed'],
    ['a new required field', { ...facts, colour: z.string() }, 'payload.colour was added and is required'],
    ['a field that became required', { ...facts, price: z.int().min(0) }, 'payload.price became required'],
    ['a field that became optional', { ...facts, mugId: z.string().optional() }, 'payload.mugId became optional'],
    ['another type', { ...facts, mugId: z.int() }, 'payload.mugId: type "string" became "integer"'],
    ['a narrower limit', { ...facts, price: z.int().min(1).optional() }, 'payload.price: minimum 0 became 1'],
    ['a new value of an enum', { ...facts, size: z.enum(['S', 'M', 'L']) }, 'payload.size: enum ["S","M"] became ["S","M","L"]'],
    ['a change deep inside', { ...facts, notes: z.array(z.object({ text: z.string().max(9) })) }, 'payload.notes[].text: maxLength none became 9'],
    ['null where there was none', { ...facts, size: z.enum(['S', 'M']).nullable() }, 'payload.size (anyOf) had 0 and now has 2'],
  ])('break by %s', (_, after, what) => {
    expect(breaksBetween(facts, present(after))).toContain(`event mugs.mug-made.v1: ${what}`);
  });

  it('do not break by an optional field, however deep, nor by a description', () => {
    const after = { ...facts, colour: z.string().optional(), mugId: z.string().describe('Which mug.'), notes: z.array(z.object({ text: z.string(), by: z.string().optional() })) };
    expect(breaksBetween(facts, after)).toEqual([]);
  });

  it('do not break by a new version beside the old, and do by a new one in its place', () => {
    const [one, two] = [snapshotOf({ events: [mugMade(facts)], asks: [] }), snapshotOf({ events: [mugMade({}, 2)], asks: [] })];
    expect(breakingContractChanges(one, { ...one, events: { ...one.events, ...two.events } })).toEqual([]);
    expect(breakingContractChanges(one, two)).toEqual(['event mugs.mug-made.v1: was removed']);
  });
});

describe('changes of an ask', () => {
  it('break by its input, its output, and by changing something from now on', () => {
    const [before, after] = [mugFind(z.string(), z.boolean(), false), mugFind(z.string().max(5), z.string(), true)];
    expect(breakingContractChanges(snapshotOf({ events: [], asks: [before] }), snapshotOf({ events: [], asks: [after] }))).toEqual([
      'ask mugs.mug.find.v1: changes became true',
      'ask mugs.mug.find.v1: input.id: maxLength none became 5',
      'ask mugs.mug.find.v1: output.price: type "boolean" became "string"',
    ]);
  });
});

it('refuses a contract that JSON cannot carry', () => {
  expect(() => snapshotOf({ events: [mugMade({ at: z.date() })], asks: [] })).toThrow(/^The contract mugs\.mug-made\.v1 cannot travel as JSON/);
});

function breaksBetween(before: z.ZodRawShape, after: z.ZodRawShape): string[] {
  return breakingContractChanges(snapshotOf({ events: [mugMade(before)], asks: [] }), snapshotOf({ events: [mugMade(after)], asks: [] }));
}

function mugMade(shape: z.ZodRawShape, version = 1) {
  return defineEvent({ producer: 'mugs', name: 'mug-made', version, aggregate: 'mug', description: 'A mug was made.', payload: z.object(shape) });
}

function mugFind(id: z.ZodType, price: z.ZodType, changes: boolean) {
  return defineAsk({ subgraph: 'mugs', name: 'mug.find', version: 1, description: 'A mug by id.', input: z.object({ id }), output: z.object({ price }), deadlineMs: 1_000, changes });
}

function present(shape: Record<string, z.ZodType | undefined>): z.ZodRawShape {
  return Object.fromEntries(Object.entries(shape).filter(([, type]) => type !== undefined)) as z.ZodRawShape;
}
