import { createHash } from 'node:crypto';
import type { AskContract } from '@haat/schema/ask';
import { accessToken } from '@haat/schema/tokens';
import type { InternalContext, Viewer } from '@haat/kit/identity';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import type { Asks } from '../asks.js';
import type { Tenant } from '../tenant.js';

/** An API token as identity would know it. */
export interface FixtureToken {
  readonly viewer: Viewer;
  readonly expiresAt: string | null;
  readonly allowedAddresses?: string[];
}

/** Answers, by the contracts, what tenants and identity would. Everything in it may be changed by a test. */
export interface FixtureIdentity {
  readonly asks: Asks;
  readonly tenants: Map<string, Tenant>;
  /** Host names beyond the sub-domains of ours, to slugs. */
  readonly hosts: Map<string, string>;
  /** By user id. */
  readonly viewers: Map<string, Viewer>;
  /** By the text of an API token. */
  readonly apiTokens: Map<string, FixtureToken>;
  /** What was asked, by the name of the contract. */
  readonly asked: string[];
  /** Signs an access token; `over` replaces claims, `header` parts of the header, `key` the key. */
  sign(over?: JWTPayload, header?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
}

/** Makes it, with the marketplaces `acme` and `nordic`, and the shopper `usr_1` of acme. */
export async function fixtureIdentity(): Promise<FixtureIdentity> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: 'access:1', alg: 'EdDSA', use: 'sig' };
  const state = {
    tenants: new Map([tenant('acme', 'BDT', ['en', 'bn']), tenant('nordic', 'EUR', ['en', 'sv'])].map((t) => [t.slug, t])),
    hosts: new Map([['shop.acme.example', 'acme']]),
    viewers: new Map([['usr_1', shopper('usr_1')]]),
    apiTokens: new Map<string, FixtureToken>(),
    asked: [] as string[],
  };
  const answers: Record<string, (input: never, context: InternalContext) => unknown> = {
    'tenant.resolve': ({ slug, host, id }: { slug?: string; host?: string; id?: string }) => {
      const bySlug = state.tenants.get(slug ?? state.hosts.get(host ?? '') ?? '');
      return { tenant: bySlug ?? [...state.tenants.values()].find((t) => t.id === id) ?? null };
    },
    'viewer.resolve': ({ userId }: { userId: string }) => ({ viewer: state.viewers.get(userId) ?? null }),
    'token.resolve': ({ hash }: { hash: string }, context) => {
      const found = [...state.apiTokens].find(([text]) => createHash('sha256').update(text).digest('hex') === hash && text.startsWith(`haat_${context.tenant.slug}_`));
      return { token: found ? { ...found[1], kind: 'PARTNER' } : null };
    },
    'keys.list': () => ({ keys: [publicJwk] }),
  };
  return { ...state, asks: answering(answers, state.asked), sign: (over, header, key) => signed(key ?? pair.privateKey, over, header) };
}

function answering(answers: Record<string, (input: never, context: InternalContext) => unknown>, asked: string[]): Asks {
  return {
    async ask<I, O>(contract: AskContract<I, O>, input: I, context: InternalContext): Promise<O> {
      asked.push(contract.name);
      return contract.output.parse(answers[contract.name]?.(contract.input.parse(input) as never, context));
    },
  };
}

function tenant(slug: string, currency: string, locales: string[]): Tenant {
  const id = `ten_${slug}`;
  return { id, slug, name: slug, status: 'OPEN', currency, locales, timeZone: 'UTC', features: [], limits: {} };
}

function shopper(userId: string): Viewer {
  return { kind: 'USER', userId, sessionId: 'ses_1', roles: ['SHOPPER'], grants: [], vendors: [] };
}

function signed(key: CryptoKey, over: JWTPayload = {}, header: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: accessToken.issuer, aud: accessToken.audience, sub: 'usr_1', sid: 'ses_1', ten: 'ten_acme', iat: now, exp: now + 600, ...over };
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: accessToken.type, kid: 'access:1', ...header }).sign(key);
}
