import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, knownSentence } from './failure.mjs';
import { buildSites, SITE } from './build-sites.mjs';
import { packageFolders, packages } from './packages.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { step } from './step.mjs';

const STAMP = inRoot('.data/build.stamp');
const LOG = inRoot('.data/build.log');
const LINES_MAX = 40;
const TYPESCRIPT = /\.tsx?$/;
const COMPILED = /\.(js|js\.map|d\.ts|d\.ts\.map)$/;

/** Compiles what has changed, and removes what was compiled from sources that are gone. */
export async function build(node, env) {
  removeStrayOutput();
  const folders = packages().map((folder) => ({ folder, sources: sourcesIn(inRoot(folder)) }));
  const wanted = sourcesHash(folders);
  const lacking = folders.filter(isOutputMissing);
  if (lacking.length === 0 && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) console.log('the build is up to date');
  else await compileAll(node, env, { folders, lacking, wanted });
  await buildSites(node, env);
}

async function compileAll(node, env, { folders, lacking, wanted }) {
  rmSync(STAMP, { force: true });
  // The compiler believes its own notes; without them it writes all again.
  for (const { folder } of lacking) rmSync(inRoot(folder, 'dist/.tsbuildinfo'), { force: true });
  await step({ doing: 'building', done: 'built' }, () => compile(node, env));
  const forgotten = folders.find(isOutputMissing);
  if (forgotten) throw new Failure(`${forgotten.folder} was not compiled: name it in the references of tsconfig.json.`);
  mkdirSync(inRoot('.data'), { recursive: true });
  writeFileSync(STAMP, wanted);
}

async function compile(node, env) {
  const { code, output } = await runTool({ command: node, args: [inRoot('node_modules/typescript/bin/tsc'), '-b', '--pretty', 'false'], env, logFile: LOG });
  if (code === 0) return;
  const lines = output.trim().split('\n');
  console.error(lines.slice(0, LINES_MAX).join('\n'));
  if (lines.length > LINES_MAX) console.error(`… and ${lines.length - LINES_MAX} more lines in ${LOG}`);
  throw new Failure(knownSentence(output) ?? 'The sources do not compile: put right what the lines above name, and run the same command again.');
}

/** TypeScript sources below a folder, as paths relative to it. */
function sourcesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) return isSourceFolder(entry.name) ? sourcesIn(folder, path) : [];
    return TYPESCRIPT.test(entry.name) ? [path] : [];
  });
}

const isSourceFolder = (name) => name !== 'node_modules' && name !== 'dist' && !name.startsWith('.');

/** Times and sizes, not contents: this is paid by every start. */
function sourcesHash(folders) {
  const files = folders.flatMap(({ folder, sources }) => [...sources, 'tsconfig.json', 'package.json'].map((source) => inRoot(folder, source)));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), inRoot('tsconfig.json'), inRoot('tsconfig.base.json'), inRoot('pnpm-lock.yaml')]) {
    const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function isOutputMissing({ folder, sources }) {
  return sources.some((source) => !source.endsWith('.d.ts') && !existsSync(inRoot(folder, 'dist', source.replace(TYPESCRIPT, '.js'))));
}

/** A test whose source was deleted would run for ever, and a package that is gone would be found by its old tests. */
function removeStrayOutput() {
  for (const folder of packageFolders()) {
    const dist = inRoot(folder, 'dist');
    if (!existsSync(dist)) continue;
    if (existsSync(inRoot(folder, 'package.json'))) pruneFolder(dist, inRoot(folder));
    else rmSync(dist, { recursive: true });
  }
}

function pruneFolder(compiled, source) {
  for (const entry of readdirSync(compiled, { withFileTypes: true })) {
    if (entry.name === SITE) continue;
    const from = join(source, entry.name);
    if (entry.isDirectory()) pruneFolder(join(compiled, entry.name), from);
    else if (COMPILED.test(entry.name) && !['.ts', '.tsx'].some((ending) => existsSync(from.replace(COMPILED, ending)))) rmSync(join(compiled, entry.name));
  }
  if (!existsSync(source) && readdirSync(compiled).length === 0) rmdirSync(compiled);
}
