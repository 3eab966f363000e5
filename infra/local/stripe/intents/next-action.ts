/** What the buyer has to do next, as PaymentIntents and SetupIntents say it. */
export type ToAuthenticate =
  | { type: 'redirect_to_url'; redirect_to_url: { return_url: string; url: string } }
  | { type: 'use_stripe_sdk'; use_stripe_sdk: { type: string; stripe_js: string } };

/** With a return URL the buyer is sent to a page; without one Stripe.js shows it. */
export function nextAction(url: string, returnUrl: string | undefined): ToAuthenticate {
  if (returnUrl !== undefined) return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };
  return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } };
}

/** Whether a method may be chosen that sends the buyer to another page; cards do not, unless 3-D Secure asks for it. */
export function mayRedirect({ automatic_payment_methods: automatic, allowed_payment_method_types: allowed }: Offered): boolean {
  return automatic?.allow_redirects === 'always' && allowed === null;
}

interface Offered {
  readonly automatic_payment_methods: { readonly allow_redirects?: string } | null;
  readonly allowed_payment_method_types: readonly string[] | null;
}
