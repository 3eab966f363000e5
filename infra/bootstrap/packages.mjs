import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

/** The folders that pnpm-workspace.yaml names as packages, relative to the checkout; those without a package.json as well. */
export function packageFolders() {
  const listed = /^packages:\n((?:[ \t]+- .*\n)+)/m.exec(readFileSync(inRoot('pnpm-workspace.yaml'), 'utf8'))?.[1] ?? '';
  return listed.split('\n').flatMap((line) => matching(line.replace(/^\s*-\s*/, '').replace(/['"]/g, '').trim()));
}

function matching(pattern) {
  if (!pattern) return [];
  if (!pattern.endsWith('/*')) return existsSync(inRoot(pattern)) ? [pattern] : [];
  const parent = pattern.slice(0, -2);
  const entries = existsSync(inRoot(parent)) ? readdirSync(inRoot(parent), { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

/** The same, only those that are packages. */
export const packages = () => packageFolders().filter((folder) => existsSync(inRoot(folder, 'package.json')));
