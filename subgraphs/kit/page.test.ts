import 'reflect-metadata';
import fc from 'fast-check';
import { execute, parse } from 'graphql';
import { Args, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { Public } from './access.js';
import { connectionOf, ForwardPageArgs, PageArgs } from './page.js';
import { cursorsOf } from './page-cursor.js';
import { pageOf, type PageOfOptions } from './page-of.js';
import { pageRange, pageSizeDefault, type PageArguments } from './page-range.js';
import type { Refusal } from './refusal.js';
import { buildFederatedSchema } from './schema.js';

@ObjectType({ description: 'A thing with a name only.' })
class Thing {
  @Field(() => String, { description: 'The name of the thing.' })
  name: string;
}

const { Connection: ThingConnection } = connectionOf(Thing, { name: 'Thing', description: 'Things in the order of their names.', totalCount: true });
const { Connection: BorderConnection } = connectionOf(Thing, { name: 'Border', description: 'Things that another subgraph owns.', nullableNodes: true, shareable: true });

const names = Array.from({ length: 7 }, (_, index) => `thing-${index}`);
const optionsOf = (args: PageArguments, change: Partial<PageOfOptions<string>> = {}): PageOfOptions<string> => ({ args, tenantId: 'ten_1', list: 'things', keyOf: (n) => n, ...change });

@Resolver()
class ThingResolver {
  @Public()
  @Query(() => ThingConnection, { description: 'All things there are.' })
  things(@Args(() => PageArgs) args: PageArgs): object {
    const things = names.map((name) => ({ name }));
    return pageOf(things, { args, tenantId: 'ten_1', list: 'things', keyOf: (thing) => thing.name });
  }

  @Public()
  @Query(() => BorderConnection, { description: 'Things of another subgraph.' })
  border(@Args(() => ForwardPageArgs) _args: ForwardPageArgs): object {
    return pageOf([], optionsOf({}));
  }
}

function problemOf(work: () => unknown): { code: string; path: unknown; message: string } {
  try {
    work();
  } catch (error) {
    const refusal = error as Refusal;
    const [problem] = refusal.extensions['problems'] as { path: unknown; message: string }[];
    return { code: refusal.code, path: problem?.path, message: problem?.message ?? '' };
  }
  throw new Error('Nothing was refused.');
}

describe('pageRange', () => {
  it('takes the default, and both ends of the limit', () => {
    expect(pageRange({})).toMatchObject({ count: pageSizeDefault, isBackward: false });
    expect(pageRange({ first: 1, after: null }).count).toBe(1);
    expect(pageRange({ last: 100, first: null })).toMatchObject({ count: 100, isBackward: true });
  });

  it.each([0, -1, 101, 1_000_000, 2 ** 31, 1.5, Number.NaN])('refuses %d entries, saying what was expected and what came', (count) => {
    const message = `expected a whole number from 1 to 100, came ${count}`;
    expect(problemOf(() => pageRange({ first: count }))).toEqual({ code: 'BAD_USER_INPUT', path: ['first'], message });
    expect(problemOf(() => pageRange({ last: count }))).toEqual({ code: 'BAD_USER_INPUT', path: ['last'], message });
  });

  it.each<[PageArguments, string]>([[{ first: 1, last: 1 }, 'last'], [{ last: 1, after: 'x' }, 'after'], [{ first: 1, before: 'x' }, 'before'], [{ before: 'x' }, 'before']])('refuses %j', (args, at) => {
    expect(problemOf(() => pageRange(args))).toMatchObject({ code: 'BAD_USER_INPUT', path: [at] });
  });
});

describe('cursors', () => {
  const mine = cursorsOf({ tenantId: 'ten_1', list: 'things: name ASC' });
  const rangeWith = (text: string) => pageRange({ after: text });

  it('come back as they were written', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 4 }), (values) => {
      expect(mine.read(rangeWith(mine.write(values)))).toEqual(values);
    }));
  });

  it.each([
    ['another tenant', { tenantId: 'ten_2', list: 'things: name ASC' }],
    ['another list', { tenantId: 'ten_1', list: 'others: name ASC' }],
    ['another ordering', { tenantId: 'ten_1', list: 'things: name DESC' }],
    ['another key', { tenantId: 'ten_1', list: 'things: name ASC', key: 'secret' }],
  ])('of %s are refused', (_, scope) => {
    const text = cursorsOf(scope).write(['a']);
    expect(problemOf(() => mine.read(rangeWith(text)))).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
  });

  it('do not mix the tenant with the list', () => {
    const text = cursorsOf({ tenantId: 'ten_1","x', list: 'y' }).write(['a']);
    expect(() => cursorsOf({ tenantId: 'ten_1', list: 'x","y' }).read(rangeWith(text))).toThrow(/BAD_USER_INPUT|not accepted/);
  });

  it('changed in any one character are refused', () => {
    const text = mine.write(['2026-01-01', 'ten_9']);
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      expect(() => mine.read(rangeWith(changed))).toThrow(/not accepted/);
    }
  });

  it('that are garbage are refused', () => {
    for (const garbage of ['', ' ', '0', 'null', '../../etc', 'MTIz', `${mine.write(['a'])}=`, `${mine.write(['a'])}\n`, '\u0000', 'é'.repeat(50), 'A'.repeat(100_000)]) {
      expect(() => mine.read(rangeWith(garbage))).toThrow(/not accepted/);
    }
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(() => mine.read(rangeWith(text))).toThrow(/not accepted/);
    }));
  });
});

describe('pageOf', () => {
  it('walks forward to the end', () => {
    const first = pageOf(names, optionsOf({ first: 3 }));
    expect(first).toMatchObject({ nodes: names.slice(0, 3), pageInfo: { hasNextPage: true, hasPreviousPage: false }, totalCount: 7 });
    const second = pageOf(names, optionsOf({ first: 3, after: first.pageInfo.endCursor }));
    const third = pageOf(names, optionsOf({ first: 3, after: second.pageInfo.endCursor }));
    expect(second.nodes).toEqual(names.slice(3, 6));
    expect(third).toMatchObject({ nodes: names.slice(6), pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  });

  it('walks backward to the front', () => {
    const last = pageOf(names, optionsOf({ last: 4 }));
    expect(last).toMatchObject({ nodes: names.slice(3), pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const before = pageOf(names, optionsOf({ last: 4, before: last.pageInfo.startCursor }));
    expect(before).toMatchObject({ nodes: names.slice(0, 3), pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  });

  it('goes on in place when entries come before it, or its own entry goes', () => {
    const cursor = pageOf(names, optionsOf({ first: 3 })).pageInfo.endCursor;
    expect(pageOf(['new', ...names], optionsOf({ first: 1, after: cursor })).nodes).toEqual(['thing-3']);
    expect(pageOf(names.filter((n) => n !== 'thing-2'), optionsOf({ first: 1, after: cursor })).nodes).toEqual(['thing-3']);
  });

  it('is empty for an empty list', () => {
    expect(pageOf([], optionsOf({}))).toEqual({ edges: [], nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } });
  });
});

describe('connectionOf', () => {
  const { schema, sdl } = buildFederatedSchema({ name: 'probe', store: { kind: 'postgres' } as never, resolvers: [ThingResolver] });

  it('makes Relay types, nullable and shareable where asked', () => {
    expect(sdl).toMatch(/type ThingConnection \{[^}]*edges: \[ThingEdge!\]![^}]*nodes: \[Thing!\]![^}]*pageInfo: PageInfo![^}]*totalCount: Int!/s);
    expect(sdl).toMatch(/type ThingEdge \{[^}]*cursor: String![^}]*node: Thing!/s);
    expect(sdl).toMatch(/type BorderConnection @shareable \{[^}]*nodes: \[Thing\]!/s);
    expect(sdl).toMatch(/type BorderEdge @shareable \{[^}]*node: Thing\s/s);
    expect(sdl).not.toMatch(/type BorderConnection[^}]*totalCount/s);
    expect(sdl.replaceAll(/\s*"""[^"]*"""\s*/g, ' ')).toMatch(/things\(\s*first: Int,?\s+after: String,?\s+last: Int,?\s+before: String\s*\): ThingConnection!/);
  });

  it('answers through a schema', async () => {
    const document = parse('{ things(first: 2) { nodes { name } edges { cursor node { name } } pageInfo { hasNextPage endCursor } totalCount } }');
    const answer = await execute({ schema, document, contextValue: {} });
    expect(answer).toMatchObject({ data: { things: { nodes: [{ name: 'thing-0' }, { name: 'thing-1' }], totalCount: 7, pageInfo: { hasNextPage: true } } } });
  });
});
