import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@haat/local/cli/root';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../support/graph.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How long it may take until a new file is served, in milliseconds: it is looked at every second, twice. */
const servedWithinMs = 10_000;

describe('a supergraph that is generated anew while the marketplace runs', () => {
  const guest = { tenant: 'acme' };
  let folder: string;
  let file: string;
  let sdl: string;
  let marketplace: TestMarketplace;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haat-supergraph-'));
    file = join(folder, 'supergraph.graphql');
    sdl = await readFile(join(root, 'schema/supergraph.graphql'), 'utf8');
    await writeFile(file, sdl);
    marketplace = await startTestMarketplace({ SUPERGRAPH: file });
  });
  afterAll(async () => {
    await marketplace?.close();
    await rm(folder, { recursive: true });
  });

  const described = async (): Promise<string> => {
    const { __type } = dataOf(await marketplace.door.ask<{ __type: { description: string } }>(guest, '{ __type(name: "Tenant") { description } }'));
    return __type.description;
  };
  const ready = async (): Promise<unknown> => JSON.parse((await marketplace.door.fetch('/ready')).text) as unknown;

  it('is served from then on, and no request fails meanwhile', async () => {
    const load = startLoad(async () => void dataOf(await marketplace.door.ask(guest, '{ tenant { name } viewer { kind } }')));
    const before = await described();
    await writeFile(file, sdl.replace(`"""${before}"""`, '"""A marketplace, said anew."""').replace(`"""\n${before}\n"""`, '"""A marketplace, said anew."""'));
    await eventually(async () => (await described()) === 'A marketplace, said anew.', servedWithinMs);
    expect(await load.stop()).toBeGreaterThan(0);
    expect(await ready()).toEqual({ status: 'ready' });
  });

  it('is refused with the reason when it names a subgraph that does not run here, and the old one is served on', async () => {
    await writeFile(file, sdl.replaceAll('"tenants"', '"renters"'));
    await eventually(async () => 'supergraphRefused' in ((await ready()) as object), servedWithinMs);
    expect(await ready()).toMatchObject({ status: 'ready', supergraphRefused: expect.stringContaining('renters') as string });
    expect(await described()).toBe('A marketplace, said anew.');
    await writeFile(file, sdl);
    await eventually(async () => (await described()) !== 'A marketplace, said anew.', servedWithinMs);
    expect(await ready()).toEqual({ status: 'ready' });
  });
});

/** Asks all the time until it is stopped; answers how often. Throws what failed. */
function startLoad(ask: () => Promise<void>): { stop(): Promise<number> } {
  let isOver = false;
  let asked = 0;
  const running = (async () => {
    for (; !isOver; asked += 1) await ask();
  })();
  // What fails is thrown where it is waited for.
  running.catch(() => undefined);
  return {
    async stop() {
      isOver = true;
      await running;
      return asked;
    },
  };
}
