import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PUBLIC_MIRROR = 'http://deb.debian.org/debian';

/** Where this machine takes Debian's own packages from, read from its apt sources; the public mirror on other systems. */
export async function debianMirror(root = '/'): Promise<string> {
  const codename = /^VERSION_CODENAME="?([^"\n]+)/m.exec(await readText(join(root, 'etc/os-release')))?.[1];
  const sources = (await readSources(join(root, 'etc/apt'))).flatMap(parseSources);
  const own = sources.find((source) => source.components.includes('main') && codename !== undefined && source.suites.includes(codename));
  // On a system derived from Debian, the codename is not one of Debian's and its mirror lacks Debian's packages.
  return own && isDebian(await readText(join(root, 'etc/os-release'))) ? own.uri : PUBLIC_MIRROR;
}

interface AptSource {
  uri: string;
  suites: string[];
  components: string[];
}

/** The binary package sources of one apt file, in its one-line or its deb822 form. See sources.list(5). */
export function parseSources(text: string): AptSource[] {
  return /^\s*URIs:/im.test(text) ? text.split(/\n\s*\n/).flatMap(parseStanza) : text.split('\n').flatMap(parseLine);
}

function parseStanza(stanza: string): AptSource[] {
  const field = (name: string) => words(new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(stanza)?.[1]);
  if (!field('Types').includes('deb') || /^Enabled:\s*no/im.test(stanza)) return [];
  return field('URIs').map((uri) => ({ uri, suites: field('Suites'), components: field('Components') }));
}

function parseLine(line: string): AptSource[] {
  const [, rest] = /^deb\s+(?:\[[^\]]*\]\s*)?(.*)$/.exec(line.trim()) ?? [];
  const [uri, suite, ...components] = words(rest);
  return uri && suite && !uri.startsWith('cdrom:') ? [{ uri, suites: [suite], components }] : [];
}

async function readSources(folder: string): Promise<string[]> {
  const parts = await readdir(join(folder, 'sources.list.d')).catch(() => []);
  const files = [join(folder, 'sources.list'), ...parts.filter((name) => /\.(list|sources)$/.test(name)).sort().map((name) => join(folder, 'sources.list.d', name))];
  return Promise.all(files.map(readText));
}

function isDebian(osRelease: string): boolean {
  return /^ID="?debian"?$/m.test(osRelease);
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => ''); // An absent or private file names no source.
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}
