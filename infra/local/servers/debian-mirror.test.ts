import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { debianMirror } from './debian-mirror.js';

const DEBIAN = 'ID=debian\nVERSION_CODENAME=bookworm\n';

test('the mirror of the machine is taken from sources in the one-line form', async () => {
  const mirror = await mirrorOf(DEBIAN, {
    'sources.list': '# deb http://old/debian bookworm main\ndeb [arch=amd64] http://near.example/debian bookworm main contrib\n',
  });
  expect(mirror).toBe('http://near.example/debian');
});

test('the mirror of the machine is taken from sources in the deb822 form, past other publishers', async () => {
  const mirror = await mirrorOf(DEBIAN, {
    'sources.list.d/a-tool.list': 'deb https://tool.example/linux bookworm stable\n',
    'sources.list.d/debian.sources': 'Types: deb\n# A comment.\nURIs: http://near.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n',
  });
  expect(mirror).toBe('http://near.example/debian');
});

test('a disabled source and a disc are passed over', async () => {
  const mirror = await mirrorOf(DEBIAN, {
    'sources.list': 'deb cdrom:[Debian]/ bookworm main\n',
    'sources.list.d/off.sources': 'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n',
  });
  expect(mirror).toBe('http://deb.debian.org/debian');
});

test('a system derived from Debian takes the public mirror, since its own has other packages', async () => {
  const mirror = await mirrorOf('ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n', { 'sources.list': 'deb http://archive.example/ubuntu noble main\n' });
  expect(mirror).toBe('http://deb.debian.org/debian');
});

async function mirrorOf(osRelease: string, apt: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'haat-apt-'));
  try {
    await mkdir(join(root, 'etc/apt/sources.list.d'), { recursive: true });
    await writeFile(join(root, 'etc/os-release'), osRelease);
    for (const [name, text] of Object.entries(apt)) await writeFile(join(root, 'etc/apt', name), text);
    return await debianMirror(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
