import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFixtureGateway, transports, type FixtureGateway } from './testing/fixture-gateway.js';

/** How many callers ask all the time while supergraphs change. */
const callers = 8;

describe.each(transports)('a supergraph file with subgraphs %s', (transport) => {
  let folder: string;
  let file: string;
  let gateway: FixtureGateway;

  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'haat-supergraph-')); });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    file = join(folder, 'supergraph.graphql');
    gateway = await startFixtureGateway({ transport, supergraphFile: file });
  });
  afterEach(() => gateway.close());

  const without = (field: string): string => gateway.sdl.split('\n').filter((line) => !line.trim().startsWith(field)).join('\n');
  const canAskFor = async (query: string): Promise<boolean> => (await gateway.ask(query)).status === 200;
  const ready = async () => (await fetch(`${gateway.url}/ready`)).json();

  it('is taken up when it changes, and back again, while no request fails', async () => {
    const load = startLoad(gateway);
    for (let round = 0; round < 3; round += 1) {
      await writeFile(file, without('refused('));
      await vi.waitFor(async () => expect(await canAskFor('{ refused(code: "FORBIDDEN") }')).toBe(false), { timeout: 5_000 });
      // As a deployment does it: another file takes the name.
      await writeFile(`${file}.next`, gateway.sdl);
      await rename(`${file}.next`, file);
      await vi.waitFor(async () => expect(await canAskFor('{ refused(code: "FORBIDDEN") }')).toBe(true), { timeout: 5_000 });
    }
    const { answered, failed } = await load.stop();
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(callers * 3);
  });

  it.each([
    ['is no GraphQL', () => 'type Query {', /Syntax Error/],
    ['is no supergraph', () => 'type Query { broken: Nothing }', /./],
    ['has a subgraph that nobody knows where it is', () => gateway.sdl.replaceAll('"stock"', '"storage"').replace(/url: "[^"]*"\)(?=\s*\n\})/, 'url: "")'), /storage/],
  ])('is refused when it %s, with the reason in the log and in /ready, while no request fails', async (_, bad, reason) => {
    const load = startLoad(gateway);
    await writeFile(file, bad());
    await vi.waitFor(async () => expect(await ready()).toMatchObject({ status: 'ready', supergraphRefused: expect.stringMatching(reason) as string }), { timeout: 5_000 });
    expect(gateway.lines.find((line) => line.includes('the old one is served on'))).toMatch(reason);
    expect(await canAskFor('{ warehouses }')).toBe(true);
    expect(await (await fetch(`${gateway.url}/ready`, { headers: { 'x-forwarded-for': '203.0.113.1' } })).json()).toEqual({ status: 'ready' });
    await writeFile(file, without('refused('));
    await vi.waitFor(async () => expect(await ready()).toEqual({ status: 'ready' }), { timeout: 5_000 });
    expect((await load.stop()).failed).toEqual([]);
  });

  it('may be gone for a while', async () => {
    await rm(file);
    await vi.waitFor(() => expect(gateway.lines.some((line) => line.includes('cannot be read'))).toBe(true), { timeout: 5_000 });
    expect(await canAskFor('{ warehouses }')).toBe(true);
    await writeFile(file, without('refused('));
    await vi.waitFor(async () => expect(await canAskFor('{ refused(code: "FORBIDDEN") }')).toBe(false), { timeout: 5_000 });
  });
});

/** Asks across both subgraphs without a pause until it is stopped. */
function startLoad(gateway: FixtureGateway): { stop(): Promise<{ answered: number; failed: string[] }> } {
  const seen = { answered: 0, failed: [] as string[], isOver: false };
  const running = Array.from({ length: callers }, async () => {
    while (!seen.isOver) {
      const { status, text, body } = await gateway.ask('{ products { title available } warehouses }').catch((error: unknown) => ({ status: 0, text: String(error), body: undefined }));
      seen.answered += 1;
      if (status !== 200 || body?.errors) seen.failed.push(text.slice(0, 500));
    }
  });
  return {
    async stop() {
      seen.isOver = true;
      await Promise.all(running);
      return seen;
    },
  };
}
