import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema, Snapshot } from './snapshot.js';

/**
 * What breaks between two snapshots, one line each. An added contract and an added optional field, however deep, are changes
 * and break nothing. Everything else does, even what looks harmless: events of the past are read again for years, and
 * a value more in an enum is one that no consumer knows.
 */
export function breakingContractChanges(before: Snapshot, after: Snapshot): string[] {
  return [
    ...eachKept('event', before.events, after.events, (then, now) => [
      ...(then.aggregate === now.aggregate ? [] : [`the aggregate ${then.aggregate} became ${now.aggregate}`]),
      ...schemaChanges('payload', then.payload, now.payload),
    ]),
    ...eachKept('ask', before.asks, after.asks, (then, now) => [
      ...(then.changes === now.changes ? [] : [`changes became ${now.changes}`]),
      ...schemaChanges('input', then.input, now.input),
      ...schemaChanges('output', then.output, now.output),
    ]),
  ];
}

function eachKept<C>(kind: string, before: Readonly<Record<string, C>>, after: Readonly<Record<string, C>>, compare: (then: C, now: C) => string[]): string[] {
  return Object.entries(before).flatMap(([key, then]) => {
    const now = after[key];
    return (now === undefined ? ['was removed'] : compare(then, now)).map((what) => `${kind} ${key}: ${what}`);
  });
}

/** Says each difference and where it is, down to the smallest part. */
function schemaChanges(at: string, then: JsonSchema, now: JsonSchema): string[] {
  return [...propertyChanges(at, then, now), ...partChanges(at, then, now), ...wordChanges(at, then, now)];
}

function propertyChanges(at: string, then: JsonSchema, now: JsonSchema): string[] {
  const [had, has] = [schemasIn(then['properties']), schemasIn(now['properties'])];
  const [needed, needs] = [namesIn(then['required']), namesIn(now['required'])];
  return [...new Set([...Object.keys(had), ...Object.keys(has)])].flatMap((name) => {
    const [thenField, nowField, where] = [had[name], has[name], `${at}.${name}`];
    if (!nowField) return [`${where} was removed`];
    if (!thenField) return needs.has(name) ? [`${where} was added and is required`] : [];
    if (needed.has(name) !== needs.has(name)) return [`${where} became ${needs.has(name) ? 'required' : 'optional'}`];
    return schemaChanges(where, thenField, nowField);
  });
}

/** Lists of schemas, compared by place, and single ones. */
function partChanges(at: string, then: JsonSchema, now: JsonSchema): string[] {
  const lists = ['anyOf', 'oneOf', 'allOf', 'prefixItems'].flatMap((word) => listChanges(`${at} (${word})`, then[word], now[word]));
  const singles = ['items', 'additionalProperties', 'propertyNames', 'not'].flatMap((word) => {
    const [a, b] = [then[word], now[word]];
    if (isSchema(a) && isSchema(b)) return schemaChanges(word === 'items' ? `${at}[]` : `${at} (${word})`, a, b);
    return isDeepStrictEqual(a, b) ? [] : [`${at}: ${word} ${wordsOf(a)} became ${wordsOf(b)}`];
  });
  const named = Object.entries(schemasIn(then['$defs'])).flatMap(([name, a]) => {
    const b = schemasIn(now['$defs'])[name];
    return b ? schemaChanges(`${at} (${name})`, a, b) : [`${at}: the shared part ${name} was removed`];
  });
  return [...lists, ...singles, ...named];
}

function listChanges(at: string, then: unknown, now: unknown): string[] {
  const [a, b] = [listIn(then), listIn(now)];
  if (a.length !== b.length) return [`${at} had ${a.length} and now has ${b.length}`];
  return a.flatMap((schema, n) => schemaChanges(`${at} ${n + 1}`, schema, b[n] ?? {}));
}

/** Words that only explain, and those compared above. */
const skipped = new Set(['title', 'description', 'examples', 'deprecated', '$comment', 'properties', 'required', 'anyOf', 'oneOf', 'allOf', 'prefixItems', 'items', 'additionalProperties', 'propertyNames', 'not', '$defs']);

function wordChanges(at: string, then: JsonSchema, now: JsonSchema): string[] {
  const words = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((word) => !skipped.has(word));
  return words.filter((word) => !isDeepStrictEqual(then[word], now[word])).map((word) => `${at}: ${word} ${wordsOf(then[word])} became ${wordsOf(now[word])}`);
}

function wordsOf(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemasIn(value: unknown): Record<string, JsonSchema> {
  return isSchema(value) ? (value as Record<string, JsonSchema>) : {};
}

function listIn(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function namesIn(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.map(String) : []);
}
