import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkContracts } from '@haat/schema/check';
import { readClients } from '@haat/schema/clients/client-sources';
import { allContracts } from '@haat/schema/contracts';
import { committedFile } from '@haat/schema/committed-file';
import { failWithSentence } from './cli/fail-with-sentence.js';
import { root } from './cli/root.js';
import { sdlOf } from './subgraph-sdl.js';
import { subgraphs } from './subgraphs.js';

/** `pnpm check`: the contracts against the classes, the clients' operations and the base commit, then the linter. */
async function check(): Promise<number> {
  const folder = join(root, 'schema');
  const base = process.env['HAAT_CHECK_BASE'] || 'HEAD';
  const { problems, remarks } = await checkContracts({
    subgraphs: sdlOf(subgraphs),
    contracts: await allContracts(),
    clients: await readClients(root),
    folder,
    committed: (name) => committedFile(folder, base, name),
  });
  for (const line of remarks) console.log(line);
  for (const line of problems) console.error(line);
  const clean = lint();
  if (problems.length > 0 || !clean) return 1;
  console.log('The contracts hold, and the linter found nothing.');
  return 0;
}

function lint(): boolean {
  const { status, error } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--quiet', '.'], { cwd: root, stdio: 'inherit' });
  if (error) throw new Error('The linter is not installed: run `npm start` or `npm test` once, which installs it.', { cause: error });
  return status === 0;
}

check().then(
  (code) => process.exit(code),
  (error: unknown) => failWithSentence(error),
);
