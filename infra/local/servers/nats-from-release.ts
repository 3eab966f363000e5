import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { LocalServerError } from './local-server-error.js';
import type { NatsRung } from './nats-program.js';

const VERSION = '2.15.0';

/** From the SHA256SUMS that the project published with this release; a new version needs its own. */
const SHA256: Record<string, string> = {
  'linux-amd64': '5d2c51caca950333aba84911df7d377f826f3a59ec36061c6539105084f65c92',
  'linux-arm64': 'cdc208f5a3f42963a52b6ab06ef65626bb870315dc936e26ba571780c6351112',
  'darwin-amd64': '5bd8b59ca5bf93fab3da2c5843cf564cd6e2e291e22ae3b861746e7ebe259b95',
  'darwin-arm64': 'e1c4e22d70bd44abfa0bcb3c16f7cf0c66f648c2e728c58924e8a1ce88913cc8',
};
const REACHED_LIMIT_MS = 5_000;
const DOWNLOAD_LIMIT_MS = 180_000;

/** The project's own release archive, taken only when it is the one that was pinned. */
export const natsFromRelease: NatsRung = {
  file: `nats-server-${VERSION}-release`,
  source: `official release ${VERSION}`,
  title: `download the official release ${VERSION} (7 MB)`,
  make: async (folder) => {
    const build = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const expected = SHA256[build];
    if (!expected) throw new LocalServerError(`no pinned release for ${build}`);
    const name = `nats-server-v${VERSION}-${build}`;
    const archive = await download(`https://github.com/nats-io/nats-server/releases/download/v${VERSION}/${name}.tar.gz`);
    if (sha256(archive) !== expected) throw new LocalServerError('the release that came is not the one that was pinned');
    await writeFile(join(folder, 'archive.tar.gz'), archive);
    await extract({ file: join(folder, 'archive.tar.gz'), cwd: folder });
    return join(folder, name, 'nats-server');
  },
};

/** Decides quickly whether the place is reachable, then is patient. */
async function download(url: string): Promise<Buffer> {
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), REACHED_LIMIT_MS);
  try {
    const response = await fetch(url, { signal: giveUp.signal });
    if (!response.ok) throw new LocalServerError(`the release answered ${response.status}`);
    clearTimeout(timer);
    timer = setTimeout(() => giveUp.abort(), DOWNLOAD_LIMIT_MS);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw error instanceof LocalServerError ? error : new LocalServerError('the official release is not reachable', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
