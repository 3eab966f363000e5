import fc from 'fast-check';
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSealKeys, seal, sealedCharactersMax, Unsealable, unseal, type SealKeys } from './seal.js';

const bound = { tenantId: 'ten_1', purpose: 'identity.password-reset-requested.v1' };
let mine: SealKeys;
let theirs: SealKeys;

beforeAll(async () => {
  [mine, theirs] = await Promise.all([makeSealKeys(), makeSealKeys()]);
});

describe('seal', () => {
  it('opens for its recipient, tenant and purpose, and hides the value', async () => {
    const sealed = await seal(mine.publicJwk, bound, { token: 'rst_hunter2', n: 1 });
    expect(sealed).not.toContain('hunter2');
    expect(sealed).not.toContain(Buffer.from('hunter2').toString('base64url'));
    expect(await unseal(mine.privateJwk, bound, sealed)).toEqual({ token: 'rst_hunter2', n: 1 });
  });

  it('gives another text each time', async () => {
    expect(await seal(mine.publicJwk, bound, 1)).not.toBe(await seal(mine.publicJwk, bound, 1));
  });

  it('opens with P-256 keys too', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    const sealed = await seal(await exportJWK(publicKey), bound, 'x');
    expect(await unseal(await exportJWK(privateKey), bound, sealed)).toBe('x');
  });

  it('opens with the key it names after a rotation', async () => {
    const sealed = await seal(theirs.publicJwk, bound, 'old');
    expect(await unseal([mine.privateJwk, theirs.privateJwk], bound, sealed)).toBe('old');
  });

  it('does not open for another recipient, tenant or purpose', async () => {
    const sealed = await seal(mine.publicJwk, bound, 'x');
    await expect(unseal(theirs.privateJwk, bound, sealed)).rejects.toThrow(Unsealable);
    await expect(unseal(mine.privateJwk, { ...bound, tenantId: 'ten_2' }, sealed)).rejects.toThrow(Unsealable);
    await expect(unseal(mine.privateJwk, { ...bound, purpose: 'other' }, sealed)).rejects.toThrow(Unsealable);
    await expect(unseal(mine.privateJwk, { tenantId: 'ten_1', purpose: '' }, sealed)).rejects.toThrow(Unsealable);
  });

  it('does not open when a header is swapped or any part is changed', async () => {
    const sealed = await seal(mine.publicJwk, bound, 'x');
    const other = await seal(mine.publicJwk, { ...bound, tenantId: 'ten_2' }, 'y');
    await expect(unseal(mine.privateJwk, { ...bound, tenantId: 'ten_2' }, [other.split('.')[0], ...sealed.split('.').slice(1)].join('.'))).rejects.toThrow(Unsealable);
    await fc.assert(fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
      if (sealed[at] === '.') return;
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'Q' ? 'g' : 'Q'}${sealed.slice(at + 1)}`;
      await expect(unseal(mine.privateJwk, bound, changed)).rejects.toThrow(Unsealable);
    }), { numRuns: 50 });
  });

  it('does not open garbage, a huge text or another algorithm', async () => {
    for (const garbage of ['', 'x', '....', 'a.b.c.d.e', 'A'.repeat(sealedCharactersMax + 1)]) await expect(unseal(mine.privateJwk, bound, garbage)).rejects.toThrow(Unsealable);
    const apv = new TextEncoder().encode(JSON.stringify([bound.tenantId, bound.purpose]));
    const weaker = await new CompactEncrypt(new TextEncoder().encode('"x"')).setKeyManagementParameters({ apv })
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM' }).encrypt(await importJWK(mine.publicJwk as JWK, 'ECDH-ES'));
    await expect(unseal(mine.privateJwk, bound, weaker)).rejects.toThrow(Unsealable);
  });
});
