import { describe, expect, it } from 'vitest';
import { paperFacts } from './paper-facts.js';
import { invoiceForm } from './paper-words.js';

const mushak = { form: 'Mushak-6.3', serviceCode: 'S099.60' };
const none = { form: null, serviceCode: null };

/** What is on a paper of an order that goes to a country, in a marketplace. */
function factsOf(country: string, home: { readonly currency: string; readonly timeZone: string }) {
  const totals = { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
  const order = { ...home, number: 'A-1', contact: null, billingAddress: null, note: null, locale: 'en', placedAt: new Date(0), paymentChoice: 'STRIPE', shippingAddress: { name: null, phone: null, country } };
  return paperFacts({ order: order as never, part: { number: 'V-1', vendorName: 'V', amountToCollectMinor: 0, shippingMethodName: null, shippingTaxes: [], totals } as never, lines: [] });
}

describe('an invoice', () => {
  it('is on the form of where the marketplace is at home, wherever the goods go', () => {
    const [dhaka, stockholm] = [{ currency: 'BDT', timeZone: 'Asia/Dhaka' }, { currency: 'EUR', timeZone: 'Europe/Stockholm' }];
    expect(['BD', 'SE', 'NP'].map((country) => invoiceForm(factsOf(country, dhaka)))).toEqual([mushak, mushak, mushak]);
    expect(['BD', 'SE'].map((country) => invoiceForm(factsOf(country, stockholm)))).toEqual([none, none]);
  });

  it('is told by the money or by the clock alone, where the other says nothing', () => {
    expect([{ currency: 'BDT', timeZone: 'UTC' }, { currency: 'USD', timeZone: 'Asia/Dhaka' }, { currency: 'USD', timeZone: 'UTC' }].map(invoiceForm)).toEqual([mushak, mushak, none]);
  });
});
