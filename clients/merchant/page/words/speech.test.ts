import { describe, expect, it } from 'vitest';
import { bengali } from './bengali.js';
import { english, type Plural } from './english.js';
import { languageAmong, speechIn } from './speech.js';

const textsOf = (entry: string | Plural): string[] => (typeof entry === 'string' ? [entry] : [entry.one, entry.other]);
const holesOf = (entry: string | Plural): string[] => [...new Set(textsOf(entry).join(' ').match(/\{\w+\}/g) ?? [])].sort();

describe('the words of the page', () => {
  const bengaliEntries: Readonly<Record<string, string | Plural>> = bengali;

  it('are the same in both languages, none empty, with the same values put in', () => {
    expect(Object.keys(bengali).sort()).toEqual(Object.keys(english).sort());
    for (const [word, entry] of Object.entries(english)) {
      expect([word, ...holesOf(bengaliEntries[word] ?? '')]).toEqual([word, ...holesOf(entry)]);
      expect(textsOf(bengaliEntries[word] ?? '').every((text) => text.trim() !== ''), word).toBe(true);
    }
  });

  it('are Bengali where they say they are, but for names that have no other spelling', () => {
    const latin = Object.entries(bengaliEntries).filter(([, entry]) => textsOf(entry).some((text) => !/[\u0980-\u09ff]/.test(text)));
    expect(latin.map(([word]) => word)).toEqual(['field.SKU']);
  });
});

describe('speech', () => {
  const [en, bn] = [speechIn('en', 'UTC'), speechIn('bn', 'UTC')];

  it('counts, and writes numbers as each language does', () => {
    expect([en.say('orders.pieces', { count: 1 }), en.say('orders.pieces', { count: 1200 })]).toEqual(['1 piece', '1,200 pieces']);
    expect(bn.say('orders.pieces', { count: 1200 })).toBe('১,২০০টি পণ্য');
  });

  it('writes money of any size and currency without losing a digit', () => {
    expect(en.money({ currency: 'BDT', decimal: '90071992547409.91' })).toBe('৳90,071,992,547,409.91');
    expect(bn.money({ currency: 'BDT', decimal: '1250.50' })).toContain('১,২৫০.৫০');
  });

  it('writes moments in the zone of the device', () => {
    expect(speechIn('en', 'Asia/Dhaka').moment('2026-08-01T20:30:00Z')).toBe('2 Aug 2026, 02:30');
    expect(bn.moment('2026-08-01T20:30:00Z')).toMatch(/২০২৬/);
  });

  it('shows what the API has learnt anew by its own name', () => {
    expect([en.sayNamed('status', 'SHIPPED'), en.sayNamed('status', 'TELEPORTED')]).toEqual(['Sent', 'TELEPORTED']);
  });

  it('takes the first language that it speaks', () => {
    expect([languageAmong(['sv', 'bn-IN', 'en']), languageAmong([null, undefined]), languageAmong(['en-US', 'bn'])]).toEqual(['bn', 'en', 'en']);
  });
});
