import { describe, expect, it } from 'vitest';
import { casesOf, entities, rootFields } from './api.js';

describe('the API', () => {
  it('has a rule on every root field', () => {
    const fields = rootFields();
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => field.access === undefined).map((field) => `${field.subgraph} ${field.name}`)).toEqual([]);
  });

  it('names who may wherever not everybody may', () => {
    const empty = rootFields().filter(({ access }) => access !== 'public' && (access ?? []).every((rule) => Object.keys(rule).length === 0));
    expect(empty.map((field) => field.name)).toEqual([]);
  });

  it('has a way to find every entity, and a sample to show it by', async () => {
    const all = entities();
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((entity) => !entity.isFound).map((entity) => `${entity.subgraph} ${entity.type}`), 'not found by the definition').toEqual([]);
    const sampled = await Promise.all(all.map(async ({ subgraph, type }) => ({ subgraph, type, has: type in (await casesOf(subgraph)).samples })));
    expect(sampled.filter((entity) => !entity.has).map(({ subgraph, type }) => `${subgraph} ${type}`), 'without a sample').toEqual([]);
  });
});
