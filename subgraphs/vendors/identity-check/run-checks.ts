import type { Job } from '@haat/kit/define';
import type { VendorsConfig } from '../config.js';
import type { VendorsContext } from '../context.js';
import { IdentityCheck } from './identity-check.js';
import { openCheck, settleCheck } from './settle-check.js';
import { httpVerification, VerificationRefused, type VerificationProvider } from './verification-provider.js';

/** How many are looked up at once, and how often one is tried that cannot be started. */
const [batchMax, triesMax] = [50, 12];

/** Longest pause between two tries, and how long the one who asks has for it, in seconds. */
const [pauseSecondsMax, claimSeconds] = [3_600, 60];

/** A person who does not finish within this many days is for the operators. */
const daysMax = 30;

/** Starts checks at the provider, and asks for those whose callback may have been lost. */
export const runChecks: Job = {
  name: 'run-checks',
  everyMs: 1_000,
  async run({ clock, config, signal, sweep, inTenant }) {
    const settings = config as VendorsConfig;
    if (settings.VERIFICATION_URL === '') return;
    const provider = httpVerification(settings);
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from identity_check where due_at <= $1 order by due_at limit ${batchMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => runOne(ctx as unknown as VendorsContext, provider, id));
    }
  },
};

/** The provider is asked between two transactions; our id makes asking again the same check. */
async function runOne(ctx: VendorsContext, provider: VerificationProvider, id: string): Promise<void> {
  const check = await ctx.transaction(async (tx) => {
    const open = await openCheck(tx, id);
    if (!open?.dueAt || open.dueAt > tx.clock.now()) return null;
    return tx.db.save(Object.assign(open, { dueAt: later(tx.clock.now(), claimSeconds), tries: open.tries + 1 }));
  });
  if (!check) return;
  try {
    await (check.reference === null ? start(ctx, provider, check) : read(ctx, provider, check, check.reference));
  } catch (error) {
    ctx.log.warn({ err: error, check: id }, 'The provider of identity checks could not be asked.');
    await failed(ctx, check, error);
  }
}

async function start(ctx: VendorsContext, provider: VerificationProvider, { id, subjectKind, subject, tenantSlug }: IdentityCheck): Promise<void> {
  if (!subject) return;
  const callbackUrl = `${ctx.config.VERIFICATION_CALLBACK_BASE}/hooks/vendors/verification/${tenantSlug}`;
  const { reference, pageUrl } = await provider.start({ id, subjectKind, subject, callbackUrl });
  await ctx.transaction(async (tx) => {
    const check = await openCheck(tx, id);
    if (!check) return;
    const dueAt = later(tx.clock.now(), tx.config.VERIFICATION_POLL_SECONDS);
    await tx.db.save(Object.assign(check, { status: 'STARTED', reference, pageUrl: pageUrl ?? null, tries: 0, dueAt, version: check.version + 1 }));
  });
}

async function read(ctx: VendorsContext, provider: VerificationProvider, { id }: IdentityCheck, reference: string): Promise<void> {
  const outcome = await provider.read(reference);
  await ctx.transaction(async (tx) => {
    const check = await openCheck(tx, id);
    if (!check) return;
    if (outcome.status === 'passed') return settleCheck(tx, check, { status: 'PASSED' });
    if (outcome.status === 'failed') return settleCheck(tx, check, { status: 'FAILED', reason: outcome.reason });
    const isOver = tx.clock.now().getTime() - check.createdAt.getTime() > daysMax * 86_400_000;
    if (isOver) return settleCheck(tx, check, { status: 'HANDED_OVER', reason: 'It was never finished.' });
    await tx.db.save(Object.assign(check, { tries: 0, dueAt: later(tx.clock.now(), tx.config.VERIFICATION_POLL_SECONDS) }));
  });
}

/** Another try later; what the provider refuses for good, and what fails too often, is for the operators. */
function failed(ctx: VendorsContext, { id, tries }: IdentityCheck, error: unknown): Promise<void> {
  return ctx.transaction(async (tx) => {
    const check = await openCheck(tx, id);
    if (!check) return;
    if (error instanceof VerificationRefused || tries >= triesMax) return settleCheck(tx, check, { status: 'HANDED_OVER', reason: 'The provider could not be asked.' });
    await tx.db.save(Object.assign(check, { dueAt: later(tx.clock.now(), Math.min(2 ** tries, pauseSecondsMax)) }));
  });
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
