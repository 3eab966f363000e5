import { freePort, isPortFree } from './free-port.js';
import { keepValue, keptValue } from './kept-value.js';
import { LocalServerError } from './local-server-error.js';
import { waitFor } from './wait-for.js';

// A server that was just killed may hold its port a moment longer than its process id.
const LETTING_GO_MS = 2_000;

/**
 * The port to listen on: the wanted one, else the one kept in the file while it is free, else a free one, then kept.
 * Throws `LocalServerError` when the wanted one is busy.
 */
export async function keptPort(file: string, wanted?: number): Promise<number> {
  if (wanted !== undefined) {
    if (await isPortFree(wanted)) return wanted;
    throw new LocalServerError(`Port ${wanted} is busy: stop what listens there or choose another port.`);
  }
  const kept = Number(await keptValue(file));
  if (kept > 0 && (await waitFor(async () => (await isPortFree(kept)) || undefined, LETTING_GO_MS))) return kept;
  const port = await freePort();
  await keepValue(file, String(port));
  return port;
}
