import type { AddressInput } from '@haat/kit/shared-types';
import { VendorStatus } from './vendor/vendor-status.js';

/** A vendor of the demonstration. */
export interface SeedVendor {
  readonly slug: string;
  readonly name: string;
  readonly about: string;
  readonly status: VendorStatus;
  readonly score: number;
  readonly minimumOrderMinor?: number;
  readonly address: AddressInput;
}

/** A marketplace of the demonstration, and who sells in it; the merchant's own two in front. */
export interface SeedMarket {
  readonly slug: string;
  readonly currency: string;
  readonly acceptsAfterHours: number;
  /** Tax on what the marketplace takes, in parts per million. */
  readonly feeTaxPpm: number;
  /** From here on a piece counts as dear. */
  readonly dearFromMinor: number;
  readonly vendors: readonly SeedVendor[];
}

/** The marketplaces. */
export const seedMarkets: readonly SeedMarket[] = [
  {
    slug: 'acme', currency: 'BDT', acceptsAfterHours: 24, feeTaxPpm: 150_000, dearFromMinor: 2_000_000,
    vendors: [
      vendor('padma-crafts', 'Padma Crafts', 'Clay, jute and bamboo from forty workshops along the Padma. Each piece carries the name of whoever made it.', 930, dhaka('House 12, Road 4, Dhanmondi', '1205')),
      vendor('gulshan-store', 'Gulshan Store', 'A neighbourhood department store since 1994: kitchen, lighting and linen for city homes, packed the same day.', 880, dhaka('Gulshan Avenue 88', '1212'), 50_000),
      vendor('sylhet-tea-house', 'Sylhet Tea House', 'Single-garden black, green and white teas from Sreemangal, packed within a week of drying.', 910, bangladesh('Zindabazar 17', 'Sylhet', '3100')),
      vendor('dhaka-electronics', 'Dhaka Electronics', 'Chargers, lamps, fans and small appliances with a two-year guarantee and a repair counter in Elephant Road.', 760, dhaka('Elephant Road 231', '1205')),
      vendor('chattogram-home', 'Chattogram Home', 'Furniture and storage of mahogany and cane, built by the port and sent flat all over the country.', 810, bangladesh('Agrabad Access Road 5', 'Chattogram', '4100'), 150_000),
      vendor('rajshahi-silk', 'Rajshahi Silk', 'Mulberry silk saris, scarves and cushions, spun and woven by families of the Rajshahi silk belt.', 950, bangladesh('Saheb Bazar 44', 'Rajshahi', '6100')),
      vendor('khulna-honey', 'Khulna Honey', 'Wild honey from licensed collectors of the Sundarbans, filtered and nothing else.', 500, bangladesh('Khan Jahan Ali Road 9', 'Khulna', '9100'), undefined, VendorStatus.READY_FOR_REVIEW),
    ],
  },
  {
    slug: 'nordic', currency: 'EUR', acceptsAfterHours: 48, feeTaxPpm: 250_000, dearFromMinor: 40_000,
    vendors: [
      vendor('sodermalm-design', 'Södermalm Design', 'Lamps, glass and textiles by a dozen young studios on the southern island of Stockholm.', 940, sweden('Bondegatan 21', '116 33', 'Stockholm')),
      vendor('fjall-supply', 'Fjäll Supply', 'Stoves, mugs and wool for people who walk above the tree line. Tested every winter in Jämtland.', 900, sweden('Prästgatan 8', '831 31', 'Östersund'), 2_500),
      vendor('malmo-elektronik', 'Malmö Elektronik', 'Headphones, chargers and smart lighting, new and renewed, with spare parts for all of it.', 790, sweden('Södra Förstadsgatan 40', '211 43', 'Malmö')),
      vendor('uppsala-bok', 'Uppsala Bok', 'Books, notebooks and pens from a shop beside the cathedral that has sold to students since 1901.', 870, sweden('Övre Slottsgatan 6', '753 10', 'Uppsala')),
      vendor('gotland-ull', 'Gotland Ull', 'Grey wool of island sheep: blankets, mittens and yarn, spun at Visby.', 920, sweden('Adelsgatan 15', '621 57', 'Visby')),
      vendor('kiruna-outdoor', 'Kiruna Outdoor', 'Tents, skis and headlamps from the far north, also for hire.', 830, sweden('Lars Janssonsgatan 3', '981 31', 'Kiruna'), 3_000),
      vendor('lund-keramik', 'Lund Keramik', 'Stoneware thrown and glazed in a former dairy outside Lund.', 500, sweden('Kyrkogatan 11', '222 22', 'Lund'), undefined, VendorStatus.READY_FOR_REVIEW),
    ],
  },
];

function vendor(slug: string, name: string, about: string, score: number, address: AddressInput, minimumOrderMinor?: number, status = VendorStatus.APPROVED): SeedVendor {
  return { slug, name, about, score, address: { ...address, name }, minimumOrderMinor, status };
}

function dhaka(line1: string, postalCode: string): AddressInput {
  return bangladesh(line1, 'Dhaka', postalCode);
}

function bangladesh(line1: string, city: string, postalCode: string): AddressInput {
  return { line1, city, postalCode, country: 'BD' };
}

function sweden(line1: string, postalCode: string, city: string): AddressInput {
  return { line1, city, postalCode, country: 'SE' };
}
