import { z } from 'zod';
import { CarrierRefusal, CarrierSilent, type PlaceToReach } from '../carrier/carrier.js';
import type { PathaoClient } from './pathao-client.js';

/** A place in Pathao's numbers. */
export interface PathaoPlace {
  readonly cityId: number;
  readonly zoneId: number;
}

const cities = z.object({ data: z.array(z.object({ city_id: z.int(), city_name: z.string() })) });
const zones = z.object({ data: z.array(z.object({ zone_id: z.int(), zone_name: z.string() })) });

/** Finds a place among Pathao's cities and their zones by its names. A zone is that of the district, else the one that begins with it, else the city's first. Throws {@link CarrierRefusal} where Pathao has no such city. */
export async function pathaoPlace(client: PathaoClient, { city, district }: PlaceToReach): Promise<PathaoPlace> {
  const listed = cities.safeParse(await client.call('GET', '/aladdin/api/v1/city-list'));
  if (!listed.success) throw new CarrierSilent('Pathao gave a list of cities that cannot be read.');
  const cityId = listed.data.data.find(({ city_name }) => plain(city_name) === plain(city))?.city_id;
  if (cityId === undefined) throw new CarrierRefusal([`Pathao has no city ${city}.`]);
  const parts = zones.safeParse(await client.call('GET', `/aladdin/api/v1/cities/${cityId}/zone-list`));
  if (!parts.success) throw new CarrierSilent('Pathao gave a list of zones that cannot be read.');
  const wanted = plain(district);
  const zone = parts.data.data.find(({ zone_name }) => plain(zone_name) === wanted) ?? parts.data.data.find(({ zone_name }) => wanted !== '' && plain(zone_name).startsWith(wanted)) ?? parts.data.data[0];
  if (!zone) throw new CarrierRefusal([`Pathao goes nowhere in ${city}.`]);
  return { cityId, zoneId: zone.zone_id };
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
