import { join, posix } from 'node:path';
import { readClients } from '@haat/schema/clients/client-sources';
import { allContracts } from '@haat/schema/contracts';
import { generatedFiles } from '@haat/schema/generated-files';
import { writeGenerated } from '@haat/schema/write-generated';
import { failWithSentence } from './cli/fail-with-sentence.js';
import { root } from './cli/root.js';
import { sdlOf } from './subgraph-sdl.js';
import { subgraphs } from './subgraphs.js';

/** `pnpm generate`: makes the committed contracts from the subgraphs' classes and the clients' operations, and says which changed. */
async function generate(): Promise<number> {
  const generated = await generatedFiles(sdlOf(subgraphs), await allContracts(), await readClients(root));
  if (!generated.ok) {
    for (const error of generated.errors) console.error(`composition: ${error}`);
    return 1;
  }
  const changed = await writeGenerated(join(root, 'schema'), generated.files);
  for (const hint of generated.hints) console.log(`hint: ${hint}`);
  console.log(changed.length === 0 ? `All ${generated.files.size} contracts were up to date.` : changed.map((name) => `changed: ${posix.join('schema', name)}`).join('\n'));
  for (const line of generated.broken) console.error(`operation: ${line}`);
  return generated.broken.length === 0 ? 0 : 1;
}

generate().then(
  (code) => process.exit(code),
  (error: unknown) => failWithSentence(error),
);
