import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` of a body: one signature for each secret that is in force; docs.stripe.com/webhooks#verify-manually. */
export function signWebhook(body: string, secrets: readonly string[], atSeconds: number): string {
  const signatures = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`);
  return [`t=${atSeconds}`, ...signatures].join(',');
}
