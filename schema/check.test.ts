import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkContracts } from './check.js';
import type { SubgraphSdl } from './compose.js';
import type { Contracts } from './contracts.js';
import { defineEvent } from './event.js';
import { generatedFiles } from './generated-files.js';
import type { CommittedFile } from './committed-file.js';
import { federation } from './testing/fixtures.js';
import { writeGenerated } from './write-generated.js';

const mugs = federation('mugs', 'type Query { mug: String }');
const without: Contracts = { events: [], asks: [] };
const madeMug = defineEvent({ producer: 'mugs', name: 'mug-made', version: 1, aggregate: 'mug', description: 'A mug was made.', payload: z.object({ mugId: z.string() }) });

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'contracts-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('the check of the contracts', () => {
  it('finds nothing when all is generated and nothing changed', async () => {
    await generate([mugs], without);
    expect(await check([mugs], without)).toEqual({ problems: [], remarks: [] });
  });

  it('names each stale file: changed by hand, missing, or of a subgraph that is gone', async () => {
    await generate([mugs, federation('cups', 'type Query { cup: Int }')], without);
    await writeFile(join(folder, 'api.graphql'), 'type Query { mug: String cup: Int }');
    await rm(join(folder, 'events.snapshot.json'));
    const { problems } = await check([mugs], without, async () => ({ ok: false, why: 'there is no commit yet' }));
    expect(problems.map((line) => line.split(' ', 2).join(' '))).toEqual(['api', 'events.snapshot', 'subgraphs/cups', 'supergraph'].map((name) => expect.stringContaining(`stale: schema/${name}`)));
  });

  it('names a breaking change of the API and of an event, unless it was accepted with a why', async () => {
    const before = await generate([federation('mugs', 'type Query { mug: String cup: Int }')], { events: [madeMug], asks: [] });
    await generate([mugs], without);
    const committed = async (name: string): Promise<CommittedFile> => ({ ok: true, text: before.get(name) ?? '' });
    const found = await check([mugs], without, committed);
    expect(found.problems).toEqual([expect.stringMatching(/^breaking: api FIELD_REMOVED Query\.cup/), 'breaking: event mugs.mug-made.v1: was removed']);
    const accepted = [{ break: 'event mugs.mug-made.v1: was removed', why: 'Nobody has ever listened to it.' }];
    await writeFile(join(folder, 'accepted-breaks.json'), JSON.stringify(accepted));
    expect((await check([mugs], without, committed)).problems).toEqual([found.problems[0]]);
  });

  it('names what does not compose, and every hint', async () => {
    const clash = federation('cups', 'type Query { mug: String }');
    expect((await check([mugs, clash], without)).problems).toEqual([expect.stringMatching(/^composition: INVALID_FIELD_SHARING/)]);
    const [one, two] = [federation('one', 'type Query { a: Int @shareable }'), federation('two', 'type Query { a: Int! @shareable }')];
    await generate([one, two], without);
    expect((await check([one, two], without)).problems).toEqual([expect.stringMatching(/^hint: INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE/)]);
  });

  it('says in a line what could not be compared, and goes on', async () => {
    await generate([mugs], without);
    const findings = await check([mugs], without, async () => ({ ok: false, why: 'git is not installed' }));
    expect(findings).toEqual({ problems: [], remarks: ['api.graphql', 'events.snapshot.json'].map((name) => `Breaking changes of schema/${name} were not looked for: git is not installed.`) });
  });
});

async function generate(subgraphs: readonly SubgraphSdl[], contracts: Contracts): Promise<ReadonlyMap<string, string>> {
  const generated = await generatedFiles(subgraphs, contracts);
  if (!generated.ok) throw new Error(generated.errors.join('; '));
  await writeGenerated(folder, generated.files);
  return generated.files;
}

function check(subgraphs: readonly SubgraphSdl[], contracts: Contracts, committed = asNow) {
  return checkContracts({ subgraphs, contracts, folder, committed });
}

async function asNow(name: string): Promise<CommittedFile> {
  return { ok: true, text: await readFile(join(folder, name), 'utf8').catch(() => name.endsWith('.json') ? '{"events":{},"asks":{}}' : 'type Query { mug: String }') };
}
