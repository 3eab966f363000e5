import { describe, expect, it } from 'vitest';
import { code128 } from './code-128.js';
import { writeLabel, type LabelFacts } from './write-label.js';

const address = { name: 'Ann Rahman', company: null, line1: 'House 12, Road 4', line2: null, district: 'ধানমন্ডি', city: 'Dhaka', region: null, postalCode: '1205', country: 'BD', phone: '+8801711000000' };
const facts: LabelFacts = {
  carrier: 'pathao', sender: 'Padma Crafts', orderNumber: 'ACME-1001-1', currency: 'BDT', locale: 'bn', to: { address, contact: null }, at: new Date('2026-01-01T00:00:00Z'),
  parcels: [{ position: 1, trackingId: 'DT010126ABC', weightGrams: 620, amountToCollectMinor: 53_421 }, { position: 2, trackingId: 'DT010126ABD', weightGrams: 500, amountToCollectMinor: 0 }],
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('the labels of a shipment', () => {
  it('are a PDF with a page for each parcel, of the size of a label, the same bytes each time', async () => {
    const bytes = await writeLabel(facts);
    expect(text(bytes).startsWith('%PDF-')).toBe(true);
    expect([...text(bytes).matchAll(/\/MediaBox \[0 0 283\.46 425\.2\]/g)]).toHaveLength(2);
    expect(Buffer.compare(bytes, await writeLabel(facts))).toBe(0);
  });

  it('differ by what is to be collected', async () => {
    const [first] = facts.parcels;
    expect(Buffer.compare(await writeLabel({ ...facts, parcels: first ? [{ ...first, amountToCollectMinor: 0 }] : [] }), await writeLabel({ ...facts, parcels: first ? [first] : [] }))).not.toBe(0);
  });
});

describe('a Code 128', () => {
  it('is a start, eleven modules for each sign, its check and a stop of thirteen', () => {
    const widths = code128('DT-a');
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(11 + 4 * 11 + 11 + 13);
    // Start B, and "D" (value 36) as ISO/IEC 15417 draws them; a stop ends with a bar of two.
    expect([widths.slice(0, 6), widths.slice(6, 12), widths.slice(-7)]).toEqual([[2, 1, 1, 2, 1, 4], [1, 1, 2, 3, 1, 3], [2, 3, 3, 1, 1, 1, 2]]);
  });
});
