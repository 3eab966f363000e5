import { describe, expect, it } from 'vitest';
import { idOfToken, signedToken } from './signed-token.js';

const secret = 's'.repeat(32);
const now = new Date('2026-01-01T00:00:00Z');
const facts = { purpose: 'order', tenantId: 'ten_1', id: 'ord_1', expiresAt: new Date(now.getTime() + 60_000) };
const asked = { purpose: 'order', tenantId: 'ten_1', now };

describe('a signed token', () => {
  it('opens what it names, until it is over', () => {
    const token = signedToken(secret, facts);
    expect(idOfToken(secret, token, asked)).toBe('ord_1');
    expect(idOfToken(secret, token, { ...asked, now: facts.expiresAt })).toBeUndefined();
  });

  it('opens nothing in another tenant, for another purpose, by another secret, or with a letter changed', () => {
    const token = signedToken(secret, facts);
    expect(idOfToken(secret, token, { ...asked, tenantId: 'ten_2' })).toBeUndefined();
    expect(idOfToken(secret, token, { ...asked, purpose: 'document' })).toBeUndefined();
    expect(idOfToken('t'.repeat(32), token, asked)).toBeUndefined();
    for (let at = 0; at < token.length; at += 1) expect(idOfToken(secret, `${token.slice(0, at)}${token[at] === 'x' ? 'y' : 'x'}${token.slice(at + 1)}`, asked)).toBeUndefined();
    for (const broken of ['', '.', 'a.b', `${token}.x`, 'é'.repeat(40)]) expect(idOfToken(secret, broken, asked)).toBeUndefined();
  });
});
