import type { Clock } from '@haat/kit/clock';

/** One account at the simulated Stripe: a marketplace has its own. */
export interface AccountSettings {
  /** What people and the control endpoints call it, such as a tenant's slug. */
  readonly name: string;
  /** `sk_test_…`; may do everything within its account. */
  readonly secretKey: string;
  /** `pk_test_…`; may read and confirm what it has the client secret of. */
  readonly publishableKey: string;
  /** What webhooks are signed with. */
  readonly webhookSecret: string;
  /** Where webhooks go; they wait where it is not known yet. */
  readonly webhookUrl?: string;
}

/** How the simulator is started. */
export interface StripeSimulatorOptions {
  /** 0 or absent takes a free one. */
  readonly port?: number;
  /** Keeps its state in this folder, over a kill as well; in memory only when absent. */
  readonly dataDir?: string;
  readonly accounts: readonly AccountSettings[];
  readonly clock?: Clock;
  /** Pauses before a webhook is tried again, in milliseconds; the last one holds for all further tries. */
  readonly webhookPausesMs?: readonly number[];
  /** After which time a refund of a test card that pends or fails does so, in milliseconds. */
  readonly refundOutcomeMs?: number;
}

/** What is taken where the options say nothing. */
export const usual = { webhookPausesMs: [250, 1_000, 5_000, 15_000, 60_000], refundOutcomeMs: 1_000 } as const;
