import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { operationsFolder, subgraphsFolder, type GeneratedFiles } from './generated-files.js';

/** Brings the files below `folder` up to date and answers the names of those that were not, the removed ones too. */
export async function writeGenerated(folder: string, files: GeneratedFiles): Promise<string[]> {
  const stale = await staleFiles(folder, files);
  for (const name of stale) {
    const text = files.get(name);
    if (text === undefined) await rm(join(folder, name));
    else await write(join(folder, name), text);
  }
  return stale;
}

/** The names of the files that are not what would be generated now: missing, different, or of a subgraph or a client that is gone. */
export async function staleFiles(folder: string, files: GeneratedFiles): Promise<string[]> {
  const known = [...await namesIn(folder, subgraphsFolder, '.graphql'), ...await namesIn(folder, operationsFolder, '.json')];
  const names = [...new Set([...files.keys(), ...known])].sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)));
  return names.filter((name, at) => texts[at] !== files.get(name));
}

async function namesIn(folder: string, below: string, ending: string): Promise<string[]> {
  const names = await readdir(join(folder, below)).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => `${below}/${name}`);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
