import { describe, expect, it } from 'vitest';
import type { Context } from './context.js';
import { guest, type Viewer } from './identity.js';
import { answerByRoute, parametersOf } from './route-match.js';
import type { Route } from './routes.js';
import { bodyDigest, digestHeader } from './signing.js';
import { testTenant, testViewer } from './testing/test-tenant.js';

const echo: Route['answer'] = async (_, request, parameters) => {
  const parts: Uint8Array[] = [];
  for await (const part of request.body) parts.push(part);
  return { status: 200, body: JSON.stringify({ parameters, text: Buffer.concat(parts).toString() }) };
};
const routes: Route[] = [
  { method: 'POST', path: '/stripe/:tenant', bodyBytesMax: 100, caller: 'provider', answer: echo },
  { method: 'PUT', path: '/imports/:id', bodyBytesMax: 100, caller: 'viewer', answer: echo },
];
const at = (viewer: Viewer = guest): Context => ({ tenant: testTenant({ slug: 'acme' }), viewer } as Context);
const send = (method: string, url: string, body: string, ctx = at(), digest = bodyDigest(body)) => answerByRoute(routes, 'payments', { method, url, headers: { [digestHeader]: digest }, body: Buffer.from(body) }, ctx);

describe('a route', () => {
  it('is found by method and path, and gets the body raw', async () => {
    expect(await send('POST', '/hooks/payments/stripe/acme?x=1', '{ "a" :1}')).toMatchObject({ status: 200, body: JSON.stringify({ parameters: { tenant: 'acme' }, text: '{ "a" :1}' }) });
    expect(await send('GET', '/hooks/payments/stripe/acme', '')).toBeUndefined();
    expect(await send('POST', '/hooks/payments/stripe', '')).toBeUndefined();
    expect(await send('POST', '/hooks/payments/stripe/acme/more', '')).toBeUndefined();
  });

  it('of a provider is in the tenant its address names, and in no other', async () => {
    await expect(send('POST', '/hooks/payments/stripe/nordic', '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a viewer needs one', async () => {
    await expect(send('PUT', '/hooks/payments/imports/imp_1', '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await send('PUT', '/hooks/payments/imports/imp_1', 'a,b', at(testViewer('usr_1', ['OPERATOR'])))).toMatchObject({ status: 200 });
  });

  it('answers 413 to a body beyond its limit, and refuses one that was not signed', async () => {
    expect(await send('POST', '/hooks/payments/stripe/acme', 'x'.repeat(101))).toMatchObject({ status: 413 });
    await expect(send('POST', '/hooks/payments/stripe/acme', 'paid', at(), bodyDigest('unpaid'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the parameters of a path', () => {
  it.each([
    ['/imports/:id', '/imports/imp%2F1', { id: 'imp/1' }],
    ['/imports/:id', '/imports/', undefined],
    ['/imports/:id', '/imports/%E0%A4%A', undefined],
    ['/imports/:id', '/exports/1', undefined],
  ])('%s of %s are %j', (pattern, path, expected) => {
    expect(parametersOf(pattern, path)).toEqual(expected);
  });
});
