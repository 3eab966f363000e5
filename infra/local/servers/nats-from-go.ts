import { join } from 'node:path';
import { LocalServerError } from './local-server-error.js';
import { findTool, runTool } from './mongo-tool.js';
import type { NatsRung } from './nats-program.js';

const VERSION = '2.15.2';

/** Built from its module; Go's checksum database vouches for the sources. */
export const natsFromGo: NatsRung = {
  file: `nats-server-${VERSION}-go`,
  source: `built by go from nats-server ${VERSION}`,
  title: `build nats-server ${VERSION} with go (about a minute, once)`,
  make: async (folder, env) => {
    if (!(await findTool('go', env))) throw new LocalServerError('no go on the PATH');
    // Without a home, Go has nowhere to keep modules; what it keeps there is read-only unless it is told otherwise.
    const homeless = env['HOME'] ? {} : { GOPATH: join(folder, 'go'), GOCACHE: join(folder, 'cache'), GOFLAGS: '-modcacherw' };
    const module = `github.com/nats-io/nats-server/v2@v${VERSION}`;
    const { failure } = await runTool('go', ['install', '-trimpath', module], { env: { ...env, ...homeless, CGO_ENABLED: '0', GOBIN: folder }, cwd: folder });
    if (failure !== undefined) throw new LocalServerError(`go could not build it: ${failure}`);
    return join(folder, 'nats-server');
  },
};
