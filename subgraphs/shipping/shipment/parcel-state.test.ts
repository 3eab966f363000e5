import { describe, expect, it } from 'vitest';
import { cameFrom, isHere, mayGet, parcelStates, recordable, rolledUp, sentStates, type ParcelState } from './parcel-state.js';

const sent = { wasSent: true };
const unsent = { wasSent: false };

describe('the ways of a parcel', () => {
  it('lead from the draft to the door, step by step, and with steps left out', () => {
    const steps: ParcelState[] = ['DRAFT', 'BOOKED', 'LABELLED', 'PICKUP_REQUESTED', 'PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'OUT_FOR_DELIVERY', 'DELIVERED'];
    steps.forEach((from, at) => steps.slice(at + 1).forEach((to) => expect([from, to, mayGet(from, to, { wasSent: sentStates.includes(from) })]).toEqual([from, to, true])));
  });

  it('never lead backwards but by a failure, a hold or a return', () => {
    const order: ParcelState[] = ['DRAFT', 'BOOKED', 'LABELLED', 'PICKUP_REQUESTED', 'PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED'];
    order.forEach((to, at) => order.slice(at + 1).forEach((from) => expect([from, to, mayGet(from, to, { wasSent: sentStates.includes(from) })]).toEqual([from, to, false])));
    expect(mayGet('DELIVERY_FAILED', 'OUT_FOR_DELIVERY', sent)).toBe(true);
  });

  it('end where they end', () => {
    for (const from of ['DELIVERED', 'RETURNED', 'CANCELLED'] as const) expect(parcelStates.filter((to) => mayGet(from, to, sent) || mayGet(from, to, unsent))).toEqual([]);
  });

  it('do not cancel what left the vendor, nor bring back what never did', () => {
    expect([mayGet('ON_HOLD', 'CANCELLED', unsent), mayGet('ON_HOLD', 'CANCELLED', sent), mayGet('IN_TRANSIT', 'CANCELLED', sent)]).toEqual([true, false, false]);
    expect([mayGet('ON_HOLD', 'RETURNED', sent), mayGet('ON_HOLD', 'RETURNED', unsent), mayGet('LABELLED', 'RETURNED', unsent)]).toEqual([true, false, false]);
    expect([isHere('LABELLED', unsent), isHere('ON_HOLD', unsent), isHere('ON_HOLD', sent), isHere('IN_TRANSIT', sent)]).toEqual([true, true, false, false]);
  });

  it('are ways to every state but the first, and by hand to all that a vendor can tell', () => {
    for (const state of parcelStates.slice(1)) expect([state, cameFrom[state].length > 0]).toEqual([state, true]);
    for (const state of recordable) expect(parcelStates).toContain(state);
  });
});

describe('a shipment of several parcels', () => {
  it.each([
    [['LABELLED', 'LABELLED'], 'LABELLED'], [['DELIVERED', 'IN_TRANSIT'], 'PARTIALLY_DELIVERED'], [['IN_TRANSIT', 'LABELLED'], 'LABELLED'], [['CANCELLED', 'DELIVERED'], 'DELIVERED'], [['CANCELLED', 'CANCELLED'], 'CANCELLED'], [[], 'CANCELLED'],
    [['DELIVERED', 'RETURNED'], 'PARTIALLY_DELIVERED'],
  ] as [ParcelState[], ParcelState][])('with parcels %j is %s', (states, whole) => {
    expect(rolledUp(states)).toBe(whole);
  });
});
