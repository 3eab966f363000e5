import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { jsonResponse, type DoorResponse } from '../door-message.js';

/** Web applications that are served. */
export interface Sites {
  /** What answers a path; undefined where none of them has a file. */
  find(path: string): Promise<AnswerFile | undefined>;
}

/** Answers one file. */
export type AnswerFile = () => Promise<DoorResponse>;

/** An application: `/<name>` shows its `index.html`, and below it are its files. */
export interface Site {
  readonly name: string;
  readonly folder: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.woff2': 'font/woff2', '.woff': 'font/woff', '.json': 'application/json; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

/** A file whose name says its contents (`main-D1xsAb0_.js`) stays the same for ever. */
const namedByContents = /-[\w-]{8}\.\w+$/;

/** What such a page may load and do (Content Security Policy, level 3): only its own; styles of elements are set by its components. */
const policy = [
  'default-src \'none\'', 'script-src \'self\'', 'style-src \'self\' \'unsafe-inline\'', 'font-src \'self\'', 'img-src \'self\' data:', 'connect-src \'self\'',
  'base-uri \'none\'', 'form-action \'none\'', 'frame-ancestors \'none\'',
].join('; ');

/** How often a folder is looked through for a file that it did not have, at most, in milliseconds: one that is built anew is served so. */
const lookMs = 1_000;

/** Lists their files: what is not in the list is not there, whatever a path says. Throws a sentence when a folder has no `index.html`. */
export async function openSites(sites: readonly Site[], now: () => number = Date.now): Promise<Sites> {
  const opened = await Promise.all(sites.map((site) => openSite(site, now)));
  return {
    async find(path) {
      const own = opened.find(({ name }) => path === `/${name}` || path.startsWith(`/${name}/`));
      return own?.find(path);
    },
  };
}

async function openSite(site: Site, now: () => number): Promise<Sites & { readonly name: string }> {
  let files = new Map(await pathsOf(site));
  let lookedAt = now();
  return {
    name: site.name,
    async find(path) {
      if (files.has(path) || now() - lookedAt < lookMs) return files.get(path);
      lookedAt = now();
      files = new Map(await pathsOf(site).catch(() => files));
      return files.get(path);
    },
  };
}

async function pathsOf({ name, folder }: Site): Promise<[string, AnswerFile][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in types && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
  const shown = files.find((file) => file === join(folder, 'index.html'));
  if (shown === undefined) throw new Error(`There is no index.html in ${folder}, of which /${name} is made: build it, or take it out of SITES.`);
  const below = files.map((file) => [posix.join('/', name, file.slice(folder.length).replaceAll('\\', '/')), () => answer(file)] as [string, AnswerFile]);
  return [[`/${name}`, () => answer(shown)], [`/${name}/`, () => answer(shown)], ...below];
}

async function answer(file: string): Promise<DoorResponse> {
  const body = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!body) return jsonResponse(404, { code: 'NOT_FOUND' });
  const type = types[extname(file)] ?? 'application/octet-stream';
  const isPage = type.startsWith('text/html');
  return {
    status: 200, body,
    headers: { 'content-type': type, 'cache-control': namedByContents.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache', ...(isPage && { 'content-security-policy': policy }) },
  };
}
