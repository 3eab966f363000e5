import { isUsable, type Mongod } from './mongod.js';
import { findTool } from './mongo-tool.js';

/** The machine's own mongod, when it has one of version 7 or newer. */
export async function mongodOnPath(env: NodeJS.ProcessEnv): Promise<Mongod | undefined> {
  const program = await findTool('mongod', env);
  return program && (await isUsable(program, env)) ? { program, source: 'mongod on the PATH' } : undefined;
}
