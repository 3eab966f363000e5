import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, knownSentence } from './failure.mjs';
import { packages } from './packages.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run-tool.mjs';
import { step } from './step.mjs';

/** Where a package's web application stands below its `dist/`: files that are served as they are. */
export const SITE = 'site';

const CONFIG = 'vite.config.mjs';
const LOG = inRoot('.data/sites.log');

/** Bundles each package that is a web application too, where its sources have changed. What it takes from other packages is compiled already. */
export async function buildSites(node, env) {
  for (const folder of packages().filter((one) => existsSync(inRoot(one, CONFIG)))) {
    const stamp = inRoot(folder, 'dist', SITE, '.stamp');
    const wanted = hashOf(folder);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    rmSync(stamp, { force: true });
    await step({ doing: `bundling ${folder}`, done: `bundled ${folder}` }, () => bundle(node, env, folder));
    writeFileSync(stamp, wanted);
  }
}

async function bundle(node, env, folder) {
  const { code, output } = await runTool({ command: node, args: [inRoot('node_modules/vite/bin/vite.js'), 'build', '--config', inRoot(folder, CONFIG), '--logLevel', 'error'], env: { ...env, NODE_ENV: 'production' }, logFile: LOG });
  if (code === 0) return;
  console.error(output.trim().split('\n').slice(0, 40).join('\n'));
  throw new Failure(knownSentence(output) ?? `${folder} cannot be bundled: put right what the lines above name, and run the same command again.`);
}

/** Times and sizes of everything of ours that may be in it: this is paid by every start. */
function hashOf(folder) {
  const hash = createHash('sha256');
  const others = packages().filter((one) => one.startsWith('clients/'));
  for (const file of [...new Set([folder, ...others])].flatMap((one) => filesIn(inRoot(one))).concat(inRoot('pnpm-lock.yaml')).sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesIn(join(folder, entry.name));
    return /\.(tsx?|css|html|mjs|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : [];
  });
}
