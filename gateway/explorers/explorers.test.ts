import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureIdentity } from '../testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { firstMarketplaceOperation, firstOperation } from './explorer-settings.js';
import { explorers } from './explorers.js';
import { explorerOrigins } from './sandbox-page.js';

const login = { role: 'OPERATOR', tenant: 'acme', email: 'operator@acme.example', password: 'for-tests-</script>-only' };

describe('the explorers of development', () => {
  let gateway: FixtureGateway;
  const page = async (path: string) => {
    const response = await fetch(`${gateway.url}${path}`);
    return { status: response.status, policy: response.headers.get('content-security-policy') ?? '', type: response.headers.get('content-type'), html: await response.text() };
  };

  beforeAll(async () => {
    gateway = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, config: { EXPLORERS: true }, explorers: { logins: [login], tenant: 'acme' } });
  });
  afterAll(() => gateway.close());

  it('embed Apollo Sandbox with our endpoint, socket, headers and a first operation', async () => {
    const { status, type, html } = await page('/sandbox');
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toContain('initialEndpoint: location.origin + \'/graphql\'');
    expect(html).toContain('initialSubscriptionEndpoint: location.origin.replace(/^http/, \'ws\') + \'/graphql\'');
    expect(html).toMatch(/initialState: \{ document: ".*query FirstLook.*", variables: \{\}, headers, includeCookies: false \}/);
    expect(html).toContain('runTelemetry: false');
    expect(() => [firstOperation, firstMarketplaceOperation].map((text) => parse(text))).not.toThrow();
  });

  it('let the sandbox load nothing but Apollo\'s script and frame, by a nonce of its own each time', async () => {
    const [first, second] = [await page('/sandbox'), await page('/sandbox')];
    const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? '';
    expect(first.policy).toContain('default-src \'none\'');
    expect(first.policy).toMatch(/frame-src https:\/\/sandbox\.embed\.apollographql\.com;/);
    expect(first.policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(first.html.match(/<script /g)).toHaveLength(2);
    expect(first.html.split(`<script nonce="${nonce}"`)).toHaveLength(3);
    expect(second.policy).not.toContain(nonce);
  });

  it('offer to sign in as the people of the seed, in scripts that no value can end', async () => {
    for (const path of ['/sandbox', '/graphiql']) {
      const { html } = await page(path);
      expect(html).toContain('Sign in as…');
      expect(html).toContain('operator@acme.example');
      expect(html).not.toContain('for-tests-</script>');
    }
  });

  it('have GraphiQL in one page that may call nobody but us', async () => {
    const { status, html, policy } = await page('/graphiql');
    expect(status).toBe(200);
    expect(policy).toMatch(/^default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:/);
    expect(policy).not.toContain('http');
    expect(html).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/);
    expect(html).toContain('"subscriptionsProtocol":"WS"');
    expect(html).toContain('connectionParams: headers');
  });

  it.each(explorerOrigins)('let pages of %s call, ask first and read', async (origin) => {
    const asking = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-haat-tenant,authorization', 'access-control-request-private-network': 'true' };
    const preflight = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: asking });
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-private-network')).toBe('true');
    expect((await gateway.ask('{ warehouses }', { headers: { origin } })).headers.get('access-control-allow-origin')).toBe(origin);
    const stranger = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { ...asking, origin: `${origin}.evil.example` } });
    expect([stranger.headers.get('access-control-allow-origin'), stranger.headers.get('access-control-allow-private-network')]).toEqual([null, null]);
  });
});

describe('production', () => {
  it('has no explorers, and lets their pages not call', async () => {
    const gateway = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, explorers: { logins: [login] } });
    for (const path of ['/sandbox', '/graphiql']) expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
    expect((await gateway.ask('{ warehouses }', { headers: { origin: 'https://studio.apollographql.com' } })).headers.get('access-control-allow-origin')).toBeNull();
    await gateway.close();
  });

  it('has nobody to sign in as, even where explorers are switched on', async () => {
    const pages = explorers({ logins: [login], baseDomains: ['localhost'] }, { NODE_ENV: 'production' });
    for (const page of pages.values()) expect((await page()).body).not.toMatch(/operator@acme|for-tests/);
  });
});
