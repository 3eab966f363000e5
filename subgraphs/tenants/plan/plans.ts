/** What a plan counts. A meter that a plan does not name has no limit there. */
export const meters = ['vendors', 'products', 'ordersPerMonth', 'staff', 'warehouses', 'apiTokens', 'domains'] as const;
/** One of the things a plan counts. */
export type Meter = (typeof meters)[number];

/** A plan as data: what it allows and which features it switches on. */
export interface PlanTerms {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly limits: Readonly<Partial<Record<Meter, number>>>;
  readonly features: readonly string[];
}

/** The plans on offer, smallest first. A plan in use is never taken out of this list. */
export const plans: readonly PlanTerms[] = [
  {
    key: 'STARTER',
    name: 'Starter',
    description: 'For a first marketplace with a handful of vendors.',
    limits: { vendors: 5, products: 500, ordersPerMonth: 500, staff: 3, warehouses: 5, apiTokens: 2, domains: 1 },
    features: ['reviews'],
  },
  {
    key: 'GROWTH',
    name: 'Growth',
    description: 'For a marketplace that grows, with its own domains and partners.',
    limits: { vendors: 100, products: 50_000, ordersPerMonth: 20_000, staff: 25, warehouses: 200, apiTokens: 20, domains: 5 },
    features: ['reviews', 'wishlists', 'partner-api', 'flash-sales'],
  },
  {
    key: 'SCALE',
    name: 'Scale',
    description: 'For large marketplaces; only staff, tokens and domains are counted.',
    limits: { staff: 500, apiTokens: 200, domains: 50 },
    features: ['reviews', 'wishlists', 'partner-api', 'flash-sales', 'advanced-reports'],
  },
];

/** The plan a marketplace begins with. */
export const firstPlan = 'STARTER';

/** The terms of a plan, or undefined when there is none of that key. */
export function planTerms(key: string): PlanTerms | undefined {
  return plans.find((plan) => plan.key === key);
}
