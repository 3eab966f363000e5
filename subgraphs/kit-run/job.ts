import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobScope } from '@haat/kit/define';
import type { Log } from '@haat/kit/log';
import { jobSeconds, outcomeOf } from '@haat/kit/meters';
import type { Leadership, StoreRuntime } from '@haat/kit/store';

/** Who is not the runner asks again after this, in milliseconds; sooner where the job itself is more frequent. */
const askAgainMs = 5_000;

/** A pause varies by this part of itself either way, so that jobs of many processes do not beat together. */
const jitter = 0.1;

/** What jobs are run with. */
export interface RunJobsOptions {
  readonly subgraph: string;
  readonly jobs: readonly Job[];
  readonly store: Pick<StoreRuntime, 'lead'>;
  readonly log: Log;
  readonly scope: Omit<JobScope, 'signal'>;
}

/**
 * Runs each job every so often, by one runner over all processes, never twice at once. A job that fails is logged and
 * runs again at its next time. The answer stops them: it tells those that run, and waits until they are done.
 */
export function runJobs(options: RunJobsOptions): () => Promise<void> {
  const stopping = new AbortController();
  const loops = options.jobs.map((job) => follow(job, options, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

/** Tries to become the runner of a job, and is it as long as it may. */
async function follow(job: Job, options: RunJobsOptions, stop: AbortSignal): Promise<void> {
  const log = options.log.child({ job: job.name });
  while (!stop.aborted) {
    const lead = await options.store.lead(`job ${job.name}`).catch((error: unknown) => void log.warn({ err: error }, 'A lead could not be asked for.'));
    if (lead) await repeat(job, { ...options, log }, lead, stop);
    await wait(Math.min(job.everyMs, askAgainMs), stop);
  }
}

async function repeat(job: Job, { subgraph, scope, log }: RunJobsOptions, lead: Leadership, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, lead.lost]);
  while (!signal.aborted) {
    try {
      await jobSeconds.time({ subgraph, job: job.name }, () => job.run({ ...scope, log, signal }), outcomeOf);
    } catch (error) {
      log.error({ err: error }, 'A job failed.');
    }
    await wait(job.everyMs, signal);
  }
  await lead.release();
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms * (1 + jitter * (2 * Math.random() - 1)), undefined, { signal }).catch(() => undefined);
}
