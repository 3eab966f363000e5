import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure, knownSentence } from './failure.mjs';
import { packages } from './packages.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { step } from './step.mjs';

const PNPM = 'pnpm@12.21.0';
// Inside node_modules, so that it goes when they do.
const STAMP = inRoot('node_modules/.haat-installed');
const LOG = inRoot('.data/install.log');

/** Installs every package as the lock file says; nothing to do when neither it nor a manifest has changed since. */
export async function install(env) {
  const wanted = manifestsHash();
  if (isInstalled(wanted)) return console.log('packages are installed');
  await step({ doing: 'installing packages', done: 'installed packages' }, async () => {
    const { code, output } = await runTool({ command: 'npx', args: ['--yes', PNPM, 'install', '--frozen-lockfile'], env: unattended(env), logFile: LOG });
    if (code !== 0) throw new Failure(whyNot(output, env));
  });
  writeFileSync(STAMP, wanted);
}

function isInstalled(wanted) {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) return false;
  return packages().every((folder) => existsSync(inRoot(folder, 'node_modules')));
}

function manifestsHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packages().map((folder) => `${folder}/package.json`)];
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(inRoot(file)));
  return hash.digest('hex');
}

/** pnpm asks before it replaces node_modules made by another; nobody is there to answer. */
const unattended = (env) => ({ ...env, pnpm_config_confirm_modules_purge: 'false', npm_config_loglevel: 'error', npm_config_update_notifier: 'false' });

function whyNot(output, env) {
  const registry = env.npm_config_registry ? ` at ${env.npm_config_registry}` : '';
  const known = knownSentence(output, /EACCES|EROFS|EPERM|ENOSPC/.test(output) ? '' : registry);
  if (known) return known;
  console.error(output.trim().split('\n').slice(-20).join('\n'));
  return `The packages could not be installed: the lines above say why, and all of them are in ${LOG}.`;
}
