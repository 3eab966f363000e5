import { newId } from '@haat/kit/id';
import { unavailable } from '@haat/kit/refusal';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { departed, ShippingRig, type Market, type Outcome, type Part } from '../testing/shipping-rig.js';

let rig: ShippingRig;
beforeAll(async () => { rig = await ShippingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => { Object.assign(rig, { letDepart: departed }).departing.length = 0; });

interface Sent extends Outcome {
  readonly id: string;
  readonly parcels: readonly { readonly id: string }[];
}

const track = (asker: TestAsker, shipmentId: string, status: string, more: Record<string, unknown> = {}) => rig.mutate(asker, 'recordTracking', { shipmentId, status, ...more }) as Promise<Sent>;
const pieces = ({ state: { lines } }: Part, quantity: number) => [{ orderLineId: lines[0]?.orderLineId, quantity }];
const names = async (market: Market) => (await rig.said(market)).map(([name]) => name);

describe('a parcel that is about to leave', () => {
  const packed = async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 3, totalMinor: 3_000 }]);
    return { market, part, sent: (await rig.ship(market.merchant, part, { lines: pieces(part, 2) })) as Sent };
  };

  it('is asked for at orders once, with its pieces, and not again once it left', async () => {
    const { market, part, sent } = await packed();
    await track(market.merchant, sent.id, 'ON_HOLD');
    expect(rig.departing).toEqual([]);
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) await track(market.merchant, sent.id, status);
    expect(rig.departing).toEqual([{ vendorOrderId: part.state.vendorOrderId, parcelId: sent.parcels[0]?.id, lines: pieces(part, 2) }]);
    expect(await names(market)).toEqual(['parcel-shipped', 'parcel-delivered']);
  });

  it('stays where orders says that it was cancelled, though nobody here heard of it yet', async () => {
    const { market, sent } = await packed();
    rig.letDepart = () => 'CANCELLED';
    for (const status of ['PICKED_UP', 'DELIVERED']) expect(await track(market.merchant, sent.id, status)).toMatchObject({ __typename: 'WrongShipmentStatus', at: 'BOOKED', message: 'The order was cancelled. Do not hand it over.' });
    expect(await names(market)).toEqual([]);
    rig.letDepart = () => 'NOT_FOUND';
    await expect(track(market.merchant, sent.id, 'PICKED_UP')).rejects.toThrow('NOT_FOUND');
  });

  it('stays where orders says that it is held back, and leaves once that is over', async () => {
    const { market, sent } = await packed();
    rig.letDepart = () => 'HELD';
    expect(await track(market.merchant, sent.id, 'PICKED_UP')).toMatchObject({ __typename: 'WrongShipmentStatus', at: 'BOOKED', message: 'The order is held back. Do not hand it over before it is released.' });
    expect(await names(market)).toEqual([]);
    rig.letDepart = departed;
    expect(await track(market.merchant, sent.id, 'PICKED_UP')).toMatchObject({ status: 'PICKED_UP' });
  });

  it('stays while orders cannot be reached, and leaves when it is told again', async () => {
    const { market, sent } = await packed();
    rig.letDepart = () => { throw unavailable('orders'); };
    await expect(track(market.merchant, sent.id, 'PICKED_UP')).rejects.toThrow('SUBGRAPH_UNAVAILABLE');
    expect(await rig.subgraph.query('select status from shipping.parcel where shipment_id = $1', [sent.id])).toEqual([{ status: 'BOOKED' }]);
    rig.letDepart = departed;
    expect(await track(market.merchant, sent.id, 'PICKED_UP')).toMatchObject({ status: 'PICKED_UP' });
  });

  it('is not asked for by strangers, by bad input, or where it cannot get', async () => {
    const { market, sent } = await packed();
    await expect(track(market.stranger, sent.id, 'PICKED_UP')).rejects.toThrow('NOT_FOUND');
    await expect(track(market.merchant, sent.id, 'PICKED_UP', { parcelId: newId('par') })).rejects.toThrow('NOT_FOUND');
    await expect(track(market.merchant, sent.id, 'PARTIALLY_DELIVERED')).rejects.toThrow('handed over');
    expect(await track(market.merchant, sent.id, 'RETURNED')).toMatchObject({ __typename: 'WrongShipmentStatus' });
    expect(rig.departing).toEqual([]);
  });

  it('that is called off while orders lets it go stays here', async () => {
    const { market, sent } = await packed();
    rig.letDepart = async () => {
      await rig.mutate(market.merchant, 'cancelShipment', { shipmentId: sent.id });
      return departed();
    };
    expect(await track(market.merchant, sent.id, 'PICKED_UP')).toMatchObject({ __typename: 'WrongShipmentStatus', at: 'CANCELLED' });
    expect(await names(market)).toEqual([]);
  });
});
