import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalServerError } from './local-server-error.js';
import { makeOnce } from './mongo-make-once.js';
import { findTool, runTool } from './mongo-tool.js';
import { natsFromDebian } from './nats-from-debian.js';
import { natsFromGo } from './nats-from-go.js';
import { natsFromRelease } from './nats-from-release.js';
import { isNatsNewEnough, NATS_VERSION_MIN } from './nats-version.js';
import { programCache } from './program-cache.js';
import type { ServerOptions } from './server.js';

/** A nats-server to run. */
export interface NatsProgram {
  readonly command: string;
  readonly source: string;
}

/** A way to get the program. */
export interface NatsRung {
  /** Its file in the program cache, versioned. */
  readonly file: string;
  readonly source: string;
  /** Said before it is tried. */
  readonly title: string;
  /** Puts the program somewhere below the empty folder and returns its path. Throws `LocalServerError` with the reason in a few words. */
  make(folder: string, env: NodeJS.ProcessEnv): Promise<string>;
}

const RUNGS: readonly NatsRung[] = [natsFromRelease, natsFromGo, natsFromDebian];

/**
 * nats-server from the PATH, else one fetched before, else one fetched now: official release, built by Go, Debian's.
 * Throws `LocalServerError` when none can be had.
 */
export async function natsProgram(options: ServerOptions): Promise<NatsProgram> {
  const found = await onPath(options.env);
  if (found) return found;
  const folder = await programCache(options);
  return (await fetchedBefore(folder)) ?? (await fetchedNow(folder, options));
}

async function onPath(env: NodeJS.ProcessEnv): Promise<NatsProgram | undefined> {
  const command = await findTool('nats-server', env);
  if (!command) return undefined;
  const { stdout } = await runTool(command, ['--version'], { env });
  return isNatsNewEnough(/\d+\.\d+\S*/.exec(stdout)?.[0] ?? '') ? { command, source: 'nats-server on the PATH' } : undefined;
}

async function fetchedBefore(folder: string): Promise<NatsProgram | undefined> {
  for (const rung of RUNGS) {
    const command = join(folder, rung.file);
    if (await access(command).then(() => true, () => false)) return { command, source: rung.source };
  }
  return undefined;
}

async function fetchedNow(folder: string, { env, progress }: ServerOptions): Promise<NatsProgram> {
  const reasons: string[] = [];
  for (const rung of RUNGS) {
    const command = join(folder, rung.file);
    progress?.(`NATS: ${rung.title}`);
    try {
      await makeOnce(command, { make: (below) => rung.make(below, env) });
      return { command, source: rung.source };
    } catch (error) {
      if (!(error instanceof LocalServerError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new LocalServerError(`No nats-server can be had (${reasons.join('; ')}): install nats-server ${NATS_VERSION_MIN} or newer, or set NATS_URL.`);
}
