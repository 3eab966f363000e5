import { describe, expect, it } from 'vitest';
import { mayMove } from './offer-moves.js';
import { OfferStatus } from './offer.row.js';

const { DRAFT, ACTIVE, PAUSED, BLOCKED, ARCHIVED } = OfferStatus;

describe('The state of an offer', () => {
  it.each([[DRAFT, ACTIVE], [ACTIVE, PAUSED], [PAUSED, ACTIVE], [ACTIVE, ARCHIVED], [ARCHIVED, DRAFT], [ACTIVE, ACTIVE]])('goes from %s to %s by its vendor', (from, to) => {
    expect(mayMove(from, to, false)).toBe(true);
  });

  it.each([[DRAFT, PAUSED], [ARCHIVED, PAUSED], [ACTIVE, DRAFT]])('never goes from %s to %s', (from, to) => {
    expect(mayMove(from, to, true)).toBe(false);
  });

  it.each([[ACTIVE, BLOCKED], [BLOCKED, PAUSED], [BLOCKED, ARCHIVED]])('goes from %s to %s by the operators only', (from, to) => {
    expect([mayMove(from, to, true), mayMove(from, to, false)]).toEqual([true, false]);
  });
});
