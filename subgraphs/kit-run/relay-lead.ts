import type { Log } from '@haat/kit/log';
import { pause } from '@haat/kit/pause';
import type { Leadership, StoreRuntime } from '@haat/kit/store';

/** Between two tries to become the runner, in milliseconds: the most that a fail-over adds. */
const candidacyMs = 1_000;

/**
 * Runs `work` while this process is the one runner of `name`, again whenever it becomes that, until `closing`.
 * `work` gets a signal of both ends and stops at it; what it throws is logged, and it starts again.
 */
export async function whileLeading(options: { readonly store: Pick<StoreRuntime, 'lead'>; readonly name: string; readonly log: Log; readonly closing: AbortSignal }, work: (until: AbortSignal) => Promise<void>): Promise<void> {
  const { store, name, log, closing } = options;
  while (!closing.aborted) {
    const lead = await store.lead(name).catch((error: unknown) => void log.warn({ err: error, lead: name }, 'Could not ask for the lead.'));
    if (lead) await underLead(lead, options, work);
    await pause(candidacyMs, closing);
  }
}

async function underLead(lead: Leadership, { name, log, closing }: { readonly name: string; readonly log: Log; readonly closing: AbortSignal }, work: (until: AbortSignal) => Promise<void>): Promise<void> {
  try {
    await work(AbortSignal.any([lead.lost, closing]));
  } catch (error) {
    log.error({ err: error, lead: name }, 'The runner failed and starts again.');
  } finally {
    await lead.release().catch((error: unknown) => void log.warn({ err: error, lead: name }, 'The lead could not be given back; it ends with its connection.'));
  }
}
