import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { committedFile } from './committed-file.js';

const hasGit = spawnSync('git', ['--version']).error === undefined;

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'base-'))));
afterEach(() => rm(folder, { recursive: true }));

it('reads a file as it was committed, or says why it cannot', async () => {
  await commitThenChange();
  expect(await committedFile(folder, 'HEAD', 'api.graphql')).toEqual(withGit({ ok: true, text: 'type Query' }));
  expect(await committedFile(folder, 'HEAD', 'new.graphql')).toEqual(withGit({ ok: false, why: 'HEAD has no new.graphql' }));
  expect(await committedFile(folder, 'gone', 'api.graphql')).toEqual(withGit({ ok: false, why: 'gone has no api.graphql' }));
});

it('says that a folder is no repository', async () => {
  expect(await committedFile(folder, 'HEAD', 'api.graphql')).toEqual(withGit({ ok: false, why: 'this is no git repository' }));
});

it('takes no option for a commit', async () => {
  expect(await committedFile(folder, '--output=x', 'api.graphql')).toEqual({ ok: false, why: '--output=x is not a commit' });
});

async function commitThenChange(): Promise<void> {
  await writeFile(join(folder, 'api.graphql'), 'type Query');
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const steps = [['init', '-q'], ['add', '.'], [...identity, 'commit', '-q', '-m', 'Begin']];
  if (hasGit) for (const step of steps) execFileSync('git', step, { cwd: folder });
  await writeFile(join(folder, 'api.graphql'), 'type Query { more: Int }');
}

/** A checkout that came without git still has its tests: then this is what they see. */
function withGit(outcome: object): object {
  return hasGit ? outcome : { ok: false, why: 'git is not installed' };
}
