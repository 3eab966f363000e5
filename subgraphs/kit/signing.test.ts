import { CompactSign, compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { guest, type InternalContext } from './identity.js';
import { bodyDigest, contextSecondsMax, makeSigningKeys, readSigningKey, readTrustedKeys, signContext, verifyContext, type SigningKey, type TrustedKeys } from './signing.js';
import { testTenant } from './testing/test-tenant.js';
import { usedOnce } from './used-once.js';

const now = new Date('2026-03-01T00:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const context: InternalContext = { tenant: testTenant(), viewer: guest, locale: 'en', requestId: 'req_1', deadlineAt: after(5).getTime() };

let gateway: SigningKey;
let orders: SigningKey;
let trusted: TrustedKeys;

beforeAll(async () => {
  const [g, o] = await Promise.all([makeSigningKeys('gateway'), makeSigningKeys('orders')]);
  gateway = await readSigningKey(JSON.stringify(g.privateJwk));
  orders = await readSigningKey(JSON.stringify(o.privateJwk));
  trusted = await readTrustedKeys(JSON.stringify({ keys: [g.publicJwk, o.publicJwk] }));
});

const open = (token: string, more: Partial<Parameters<typeof verifyContext>[1]> = {}) => verifyContext(token, { audience: 'catalog', trusted, now, ...more });

describe('a signed context', () => {
  it('opens for its audience as it was signed', async () => {
    expect(await open(await signContext(gateway, 'catalog', context, { now }))).toEqual(context);
  });

  it('is a JWS as others write and read it', async () => {
    const { privateJwk, publicJwk } = await makeSigningKeys('gateway');
    const [own, theirs] = await Promise.all([readSigningKey(JSON.stringify(privateJwk)), importJWK(privateJwk, 'EdDSA')]);
    const token = await signContext(own, 'catalog', context, { now });
    const read = await compactVerify(token, await importJWK(publicJwk, 'EdDSA'));
    expect(read.protectedHeader).toEqual({ alg: 'EdDSA', kid: 'gateway:1', typ: 'haat-context+jws' });
    const written = await new CompactSign(read.payload).setProtectedHeader(read.protectedHeader).sign(theirs);
    expect(written).toBe(token);
    expect(await open(written, { trusted: await readTrustedKeys(JSON.stringify({ keys: [publicJwk] })) })).toEqual(context);
  });

  it('opens for nobody else', async () => {
    await expect(open(await signContext(gateway, 'orders', context, { now }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is good for a minute, give or take the clocks', async () => {
    const token = await signContext(gateway, 'catalog', context, { now });
    await expect(open(token, { now: after(contextSecondsMax) })).resolves.toBeDefined();
    await expect(open(token, { now: after(contextSecondsMax + 6) })).rejects.toThrow();
    await expect(open(token, { now: after(-6) })).rejects.toThrow();
  });

  it('is bound to the body where there is one', async () => {
    const token = await signContext(gateway, 'catalog', context, { now, digest: bodyDigest('{"a":1}') });
    await expect(open(token, { digest: bodyDigest('{"a":1}') })).resolves.toBeDefined();
    await expect(open(token, { digest: bodyDigest('{"a":2}') })).rejects.toThrow();
    await expect(open(token)).rejects.toThrow();
    await expect(open(await signContext(gateway, 'catalog', context, { now }), { digest: bodyDigest('x') })).rejects.toThrow();
  });

  it('over a body is good for one call where the receiver counts them', async () => {
    const [used, digest] = [usedOnce(), bodyDigest('{"a":1}')];
    const [token, again] = await Promise.all([1, 2].map(() => signContext(gateway, 'catalog', context, { now, digest })));
    await expect(open(token ?? '', { digest: bodyDigest('{"a":2}'), used })).rejects.toThrow();
    await expect(open(token ?? '', { digest, used })).resolves.toEqual(context);
    await expect(open(token ?? '', { digest, used, now: after(contextSecondsMax + 4) })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(open(again ?? '', { digest, used })).resolves.toEqual(context);
    const inProcess = await signContext(gateway, 'catalog', context, { now });
    for (let n = 0; n < 2; n += 1) await expect(open(inProcess, { used })).resolves.toEqual(context);
  });

  it('of another principal is refused where only the gateway may speak', async () => {
    const token = await signContext(orders, 'catalog', context, { now });
    await expect(open(token)).resolves.toBeDefined();
    await expect(open(token, { issuers: ['gateway'] })).rejects.toThrow();
  });

  it('cannot name another principal than its key is', async () => {
    const forged = await signContext({ ...orders, principal: 'gateway' }, 'catalog', context, { now });
    await expect(open(forged, { issuers: ['gateway'] })).rejects.toThrow();
  });

  it('is refused with a part changed, an unknown key, no signature, or another algorithm', async () => {
    const token = await signContext(gateway, 'catalog', context, { now });
    const [head, body, signature] = token.split('.') as [string, string, string];
    const other = await makeSigningKeys('gateway', 2);
    const unknown = await signContext(await readSigningKey(JSON.stringify(other.privateJwk)), 'catalog', context, { now });
    const none = `${Buffer.from('{"alg":"none","kid":"gateway:1"}').toString('base64url')}.${body}.`;
    const secret = await importJWK({ kty: 'oct', k: Buffer.from(gateway.kid.padEnd(32, 'x')).toString('base64url') }, 'HS256');
    const hs256 = await new CompactSign(Buffer.from(body, 'base64url')).setProtectedHeader({ alg: 'HS256', kid: 'gateway:1' }).sign(secret);
    const changed = `${head}.${Buffer.from(Buffer.from(body, 'base64url').toString().replace('GUEST', 'USER')).toString('base64url')}.${signature}`;
    const withHeader = (header: object) => `${Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'gateway:1', typ: 'haat-context+jws', ...header })).toString('base64url')}.${body}.${signature}`;
    for (const bad of [changed, unknown, none, hs256, withHeader({ crit: ['b64'], b64: false }), withHeader({ kid: 'orders:1' }), withHeader({ alg: 'none' }), `${token}=`, `${token}.`, `${head}.${body}.`, '', 'x', 'a.b.c', 'x'.repeat(100_000)]) {
      await expect(open(bad)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('of an old key opens as long as that key is trusted, and not after', async () => {
    const [first, second] = await Promise.all([makeSigningKeys('gateway', 1), makeSigningKeys('gateway', 2)]);
    const token = await signContext(await readSigningKey(JSON.stringify(first.privateJwk)), 'catalog', context, { now });
    const both = await readTrustedKeys(JSON.stringify({ keys: [first.publicJwk, second.publicJwk] }));
    const onlyNew = await readTrustedKeys(JSON.stringify({ keys: [second.publicJwk] }));
    await expect(open(token, { trusted: both })).resolves.toBeDefined();
    await expect(open(token, { trusted: onlyNew })).rejects.toThrow();
  });
});
