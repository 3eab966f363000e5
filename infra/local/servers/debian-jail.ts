import { findTool, runTool } from './mongo-tool.js';
import { LocalServerError } from './local-server-error.js';

/** The account inside: any will do that is not root, which Postgres refuses to be. From the range that Debian gives to nobody. */
const ACCOUNT = 59_018;

/** A way to run programs of another Debian inside a folder, as if it were the whole file system. */
export interface Jail {
  /** The command to put before one that runs inside. It becomes that command, under the same process id. */
  enter(root: string): readonly string[];
  /** What /etc/passwd inside must call `postgres`. */
  readonly account: number;
  /** Who must own, outside, what the programs inside write. */
  readonly owner: number;
}

/**
 * Prefers a user namespace, which needs no privilege and leaves the files ours; root can do without.
 *
 * @throws LocalServerError when neither is allowed here.
 */
export async function debianJail(env: NodeJS.ProcessEnv): Promise<Jail> {
  const uid = process.getuid?.() ?? -1;
  const namespace = ['unshare', '--user', `--map-user=${ACCOUNT}`, `--map-group=${ACCOUNT}`, '--wd=/'];
  const { failure } = await runTool('unshare', [...namespace.slice(1), '--root=/', 'true'], { env });
  if (failure === undefined) return { enter: (root) => [...namespace, `--root=${root}`], account: ACCOUNT, owner: uid };
  if (uid === 0 && (await findTool('chroot', env))) {
    return { enter: (root) => ['chroot', `--userspec=${ACCOUNT}:${ACCOUNT}`, '--groups=', root], account: ACCOUNT, owner: ACCOUNT };
  }
  throw new LocalServerError(`This machine allows no user namespaces (${failure}): set MONGO_URL, install mongod 7 or newer, or run as root.`);
}
