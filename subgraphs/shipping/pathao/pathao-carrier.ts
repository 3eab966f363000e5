import { z } from 'zod';
import { CarrierSilent, type Carrier } from '../carrier/carrier.js';
import type { PathaoClient } from './pathao-client.js';
import { stateOfStatus } from './pathao-events.js';
import { pathaoKilograms, pathaoOrder } from './pathao-order.js';
import { pathaoPlace } from './pathao-places.js';

const taken = z.object({ consignment_id: z.string().min(1).max(64), delivery_fee: z.number().min(0).optional() });
const plan = z.object({ final_price: z.number().min(0) });
const info = z.object({ merchant_order_id: z.string().nullish(), order_status: z.string().default(''), order_status_slug: z.string().nullish() });

/** Pathao as the port wants a carrier. */
export function pathaoCarrier(client: PathaoClient, storeId: string): Carrier {
  return {
    async book(parcel) {
      const read = taken.safeParse(await client.call('POST', '/aladdin/api/v1/orders', pathaoOrder(parcel, storeId)));
      if (!read.success) throw new CarrierSilent('Pathao took it, or did not: its answer cannot be read.');
      const { consignment_id: trackingId, delivery_fee: fee } = read.data;
      return { trackingId, trackingUrl: trackingUrlOf(trackingId), feeMinor: fee === undefined ? null : Math.round(fee * 100) };
    },
    async read(trackingId) {
      const read = info.safeParse(await client.call('GET', `/aladdin/api/v1/orders/${encodeURIComponent(trackingId)}/info`));
      if (!read.success) throw new CarrierSilent('Pathao gave an answer that cannot be read.');
      const { merchant_order_id: parcelId, order_status: status, order_status_slug: slug } = read.data;
      return { parcelId: parcelId ?? null, status, state: stateOfStatus(slug ?? status), isHandedOver: /deliver|return|exchange|paid/i.test(slug ?? status) && !/fail|assign/i.test(slug ?? status) };
    },
    async price(place, weightGrams) {
      const { cityId, zoneId } = await pathaoPlace(client, place);
      const wish = { store_id: Number(storeId), item_type: 2, delivery_type: 48, item_weight: pathaoKilograms(weightGrams), recipient_city: cityId, recipient_zone: zoneId };
      const read = plan.safeParse(await client.call('POST', '/aladdin/api/v1/merchant/price-plan', wish));
      if (!read.success) throw new CarrierSilent('Pathao gave a price that cannot be read.');
      return Math.round(read.data.final_price * 100);
    },
    check: () => client.signIn(),
  };
}

/** Where its recipient follows a consignment. */
export function trackingUrlOf(trackingId: string): string {
  return `https://merchant.pathao.com/tracking?consignment_id=${encodeURIComponent(trackingId)}`;
}
