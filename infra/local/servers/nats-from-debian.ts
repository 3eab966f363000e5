import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchDebianPackages } from './debian-packages.js';
import { LocalServerError } from './local-server-error.js';
import { findTool, runTool } from './mongo-tool.js';
import type { NatsRung } from './nats-program.js';

const TOOLS = ['apt-get', 'dpkg-deb'];
const PLACES = ['usr/sbin/nats-server', 'usr/bin/nats-server'];

/** Debian testing's package, unpacked and not installed: its program needs only the C library of any Debian since 12. */
export const natsFromDebian: NatsRung = {
  file: 'nats-server-debian',
  source: "Debian testing's package",
  title: "fetch Debian testing's nats-server (5 MB and package lists of 10 MB)",
  make: async (folder, env) => {
    if (process.platform !== 'linux' || process.arch !== 'x64') throw new LocalServerError("Debian's package is for Linux x64");
    for (const tool of TOOLS) if (!(await findTool(tool, env))) throw new LocalServerError(`no ${tool} on the PATH`);
    const apt = join(folder, 'apt');
    await mkdir(apt);
    const [deb] = await fetchDebianPackages({ packages: ['nats-server'], unneeded: [/^(?!nats-server$)/] }, apt, env).catch((error: unknown) => {
      throw new LocalServerError("Debian's nats-server cannot be fetched", { cause: error });
    });
    const { failure } = await runTool('dpkg-deb', ['--extract', String(deb), folder], { env });
    if (failure !== undefined) throw new LocalServerError(`Debian's nats-server cannot be unpacked: ${failure}`);
    return programIn(folder);
  },
};

async function programIn(folder: string): Promise<string> {
  for (const place of PLACES) {
    if (await access(join(folder, place)).then(() => true, () => false)) return join(folder, place);
  }
  throw new LocalServerError("Debian's package holds no nats-server");
}
