import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { fixtureMarketplace } from '../testing/fixture-marketplace.js';

describe('a subgraph whose connections break without an answer', () => {
  let gateway: FixtureGateway;
  afterEach(() => gateway.close());

  /** Breaks so many, and counts all. */
  const start = async (times: number) => {
    let asked = 0;
    const breaks = (): boolean => (asked += 1) <= times;
    gateway = await startFixtureGateway({ transport: 'over HTTP', definitions: fixtureMarketplace().map((definition) => ({ ...definition, breaks })) });
    return () => asked;
  };

  it('is asked once more', async () => {
    const asked = await start(1);
    expect((await gateway.ask('{ product(id: "p1") { title } }')).body).toMatchObject({ data: { product: { title: 'Nakshi kantha' } } });
    expect(asked()).toBe(2);
  });

  it('is asked no more than once more', async () => {
    const asked = await start(5);
    const { body } = await gateway.ask('query Product { product(id: "p1") { title } }');
    expect(body).toMatchObject({ data: { product: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
    expect(asked()).toBe(2);
  });

  it('is not told twice to change something', async () => {
    const asked = await start(1);
    const { body } = await gateway.ask('mutation { rename(id: "p1", title: "Mug") { id } }');
    expect(body).toMatchObject({ data: { rename: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
    expect(asked()).toBe(1);
  });
});

describe('an answer that is larger than any may be', () => {
  it('is refused to who asked for so much, and does not count against its subgraph', async () => {
    const large = 'x'.repeat(17 * 1024 * 1024);
    const sdl = 'type Query { large: String  small: String }  type Mutation { large: String }';
    const gateway = await startFixtureGateway({ transport: 'over HTTP', definitions: [{ name: 'texts', sdl, resolvers: { Query: { large: () => large, small: () => 'x' }, Mutation: { large: () => large } } }] });
    onTestFinished(() => gateway.close());
    for (let n = 0; n < 25; n += 1) {
      expect((await gateway.ask(n % 2 === 0 ? '{ large }' : 'mutation { large }')).body).toMatchObject({ data: { large: null }, errors: [{ path: ['large'], extensions: { code: 'TOO_EXPENSIVE' } }] });
    }
    expect((await gateway.ask('{ small }')).body.data).toEqual({ small: 'x' });
  }, 30_000);
});
