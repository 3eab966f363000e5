import type { PricingReads } from '../context.js';
import type { PricingInput } from '../engine/pricing-input.js';
import type { RoundingLevel, TaxRateRule, TaxRules } from '../engine/tax-rules.js';

/** What a marketplace says of taxes, and how it looks for the best deal. */
export interface TaxFacts {
  readonly rules: TaxRules;
  readonly search: PricingInput['search'];
}

interface SettingsRow {
  home_country: string;
  home_region: string | null;
  prices_include_tax: boolean;
  abroad: TaxRules['abroad'];
  rounding: TaxRules['rounding'];
  level: RoundingLevel;
  shipping_tax_class: string | null;
  search: PricingInput['search'];
}

interface RateRow {
  id: string;
  code: string;
  tax_class: string;
  country: string;
  region: string | null;
  region_names: string[];
  postal_prefixes: string[];
  buyer_kinds: TaxRateRule['buyerKinds'];
  starts_at: Date | null;
  ends_at: Date | null;
  jurisdiction: string;
  name: string;
  rate_ppm: number;
  base_ppm: number;
  is_compound: boolean;
  position: number;
  reason: TaxRateRule['reason'];
}

/** A marketplace that said nothing: its home is nowhere (`ZZ`, user-assigned by ISO 3166-1), so nothing is taxed. */
const unsaid: SettingsRow = { home_country: 'ZZ', home_region: null, prices_include_tax: true, abroad: 'KEEP_GROSS', rounding: 'HALF_UP', level: 'LINE', shipping_tax_class: null, search: 'BY_PRIORITY' };

/** The marketplace's settings, without rates: one statement. */
export async function taxSettings(ctx: PricingReads): Promise<TaxFacts> {
  const rows: SettingsRow[] = await ctx.db.query('select * from tax_settings');
  return factsOf(rows[0] ?? unsaid, []);
}

/** The marketplace's settings, and its rates for destinations and at home: two statements. */
export async function taxFacts(ctx: PricingReads, countries: readonly string[]): Promise<TaxFacts> {
  const settings: SettingsRow[] = await ctx.db.query('select * from tax_settings');
  const said = settings[0] ?? unsaid;
  const rates: RateRow[] = await ctx.db.query('select * from tax_rate where country = any($1) order by position, id', [[said.home_country, ...countries]]);
  return factsOf(said, rates);
}

function factsOf(said: SettingsRow, rates: readonly RateRow[]): TaxFacts {
  return {
    search: said.search,
    rules: {
      home: { country: said.home_country, region: said.home_region }, pricesIncludeTax: said.prices_include_tax, abroad: said.abroad, rounding: said.rounding, level: said.level,
      shipping: said.shipping_tax_class === null ? { kind: 'PROPORTIONAL' } : { kind: 'OWN_CLASS', taxClass: said.shipping_tax_class },
      rates: rates.map(ruleOf),
    },
  };
}

function ruleOf(row: RateRow): TaxRateRule {
  return {
    ruleId: row.id, code: row.code, taxClass: row.tax_class, country: row.country, region: row.region, regionNames: row.region_names, postalPrefixes: row.postal_prefixes, buyerKinds: row.buyer_kinds,
    from: row.starts_at, until: row.ends_at, jurisdiction: row.jurisdiction, name: row.name, ratePpm: row.rate_ppm, basePpm: row.base_ppm,
    isCompound: row.is_compound, position: row.position, reason: row.reason,
  };
}
