import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import { CarrierAccountRow, type CarrierCredentials } from './carrier/carrier-account.row.js';
import { callbackHashOf, credentialsBound } from './carrier/carrier-of.js';
import type { CarrierName } from './carrier/carrier.js';
import type { ShippingTx } from './context.js';
import { MethodRow, ZoneRow, type Area, type Band } from './zone/zone.row.js';

interface SeedMethod {
  readonly slug: string;
  readonly name: string;
  readonly carrier: CarrierName;
  readonly bands: readonly Band[];
  readonly perExtraKiloMinor: number | null;
  readonly freeFromMinor: number | null;
  readonly cash: boolean;
  readonly days: readonly [number, number];
}

interface SeedZone {
  readonly market: string;
  readonly slug: string;
  readonly name: string;
  readonly areas: readonly Area[];
  readonly methods: readonly SeedMethod[];
}

const anywhere = { region: null, city: null, district: null, postalPrefix: null };
const country = (code: string): Area => ({ ...anywhere, country: code });
const method = (slug: string, name: string, carrier: CarrierName, minor: readonly [number, number, number], more: Pick<SeedMethod, 'freeFromMinor' | 'cash' | 'days'>): SeedMethod => {
  const [upToHalf, upToTwo, extra] = minor;
  return { slug, name, carrier, bands: [{ upToGrams: 500, amountMinor: upToHalf }, { upToGrams: 2_000, amountMinor: upToTwo }], perExtraKiloMinor: extra, ...more };
};

/** The zones of the demonstration, of the marketplaces themselves. */
const zones: readonly SeedZone[] = [
  {
    market: 'acme', slug: 'inside-dhaka', name: 'Inside Dhaka', areas: [{ ...country('BD'), city: 'Dhaka' }],
    methods: [
      method('home', 'Home delivery', 'own', [6_000, 8_000, 1_500], { freeFromMinor: 500_000, cash: true, days: [1, 2] }),
      method('pathao', 'Pathao courier', 'pathao', [7_000, 9_000, 1_500], { freeFromMinor: null, cash: true, days: [1, 2] }),
    ],
  },
  {
    market: 'acme', slug: 'outside-dhaka', name: 'Outside Dhaka', areas: [country('BD')],
    methods: [
      method('home', 'Home delivery', 'own', [11_000, 13_000, 2_500], { freeFromMinor: 1_000_000, cash: true, days: [3, 5] }),
      method('pathao', 'Pathao courier', 'pathao', [12_000, 15_000, 2_500], { freeFromMinor: null, cash: true, days: [2, 4] }),
    ],
  },
  {
    market: 'nordic', slug: 'sweden', name: 'Sweden', areas: [country('SE')],
    methods: [
      method('pickup', 'Pick-up point', 'own', [490, 690, 150], { freeFromMinor: 7_500, cash: false, days: [2, 3] }),
      method('home', 'Home delivery', 'own', [890, 1_190, 250], { freeFromMinor: null, cash: false, days: [2, 4] }),
    ],
  },
  {
    market: 'nordic', slug: 'neighbours', name: 'Nordic neighbours', areas: ['DK', 'FI', 'NO'].map(country),
    methods: [method('home', 'Home delivery', 'own', [1_290, 1_690, 400], { freeFromMinor: 15_000, cash: false, days: [3, 6] })],
  },
];

/** The account at Pathao's sandbox that the local simulator lets in. It is worth nothing anywhere else. */
const sandbox: CarrierCredentials & { readonly storeId: string } = {
  storeId: '130820', clientId: 'haat-sandbox', clientSecret: 'haat-sandbox-secret', username: 'sandbox@acme.example', password: 'haat-demo-2026', callbackSecret: 'acme-pathao-callback-secret', integrationSecret: 'f3992ecc-59da-4cbe-a049-a13da2018d51',
};

/** Makes zones, ways of delivery and an account for trying out, each once. */
export async function seedShipping(seeding: Seeding): Promise<void> {
  for (const zone of zones) await seeding.inTenant(fixedId('ten', zone.market), (tx: ShippingTx) => seedZone(tx, zone));
  await seeding.inTenant(fixedId('ten', 'acme'), (tx: ShippingTx) => seedAccount(tx));
}

async function seedZone(tx: ShippingTx, { market, slug, name, areas, methods }: SeedZone): Promise<void> {
  const tenantId = tx.tenant.id;
  const id = fixedId('szn', `${market}:${slug}`);
  if (await tx.db.existsBy(ZoneRow, { tenantId, id })) return;
  await tx.db.insert(ZoneRow, { tenantId, id, version: 1, vendorId: null, name, areas, isActive: true });
  await tx.db.insert(MethodRow, methods.map((one, at) => ({
    tenantId, id: fixedId('smt', `${market}:${slug}:${one.slug}`), version: 1, zoneId: id, vendorId: null, name: one.name, carrier: one.carrier, bands: one.bands, perExtraKiloMinor: one.perExtraKiloMinor, freeFromMinor: one.freeFromMinor,
    minSubtotalMinor: null, maxSubtotalMinor: null, shippingProfiles: [], allowsCashOnDelivery: one.cash, minDays: one.days[0], maxDays: one.days[1], position: (at + 1) * 10, isActive: true,
  })) as never);
}

async function seedAccount(tx: ShippingTx): Promise<void> {
  const tenantId = tx.tenant.id;
  const id = fixedId('car', 'acme:pathao');
  if (await tx.db.existsBy(CarrierAccountRow, { tenantId, id })) return;
  const { storeId, ...credentials } = sandbox;
  await tx.db.insert(CarrierAccountRow, {
    tenantId, id, version: 1, vendorId: null, carrier: 'pathao', storeId, isSandbox: true, sealedCredentials: await tx.seal('shipping', credentialsBound(tenantId), credentials), sealedTokens: null,
    callbackHash: callbackHashOf(tx.config, credentials.callbackSecret),
  });
}
