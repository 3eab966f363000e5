import type { Clock } from '@haat/kit/clock';
import { guest, type InternalContext, type TenantFacts, type Viewer } from '@haat/kit/identity';
import { badInput, Refusal } from '@haat/kit/refusal';
import { idOfToken } from '@haat/kit/signed-token';
import type { GatewayConfig } from './config.js';
import type { DoorRequest } from './door-message.js';
import { guestKeyOf, tenantFactsOf, tenantOfCredentials, type Identity } from './identity.js';
import { negotiatedLocale } from './locale.js';
import { operationContext, type OperationContext } from './operation-context.js';
import { tenantBySlug, tenantOf, type Tenant, type Tenants } from './tenant.js';

/** The longest `user-agent` that is passed on, in characters. */
const agentCharsMax = 200;

/** Where a gateway that knows no tenants runs everything. No tenant has this id, so that none is opened by it. */
const nowhere: TenantFacts = { id: 'none', slug: 'none', currency: 'XXX', locales: ['en'], timeZone: 'UTC', features: [], limits: {} };

/** Lets requests in: in which tenant, by whom, until when. */
export interface Admission {
  /** An operation, or a call of a person's own: tenant by host, header or token; a guest without a token. */
  admit(request: DoorRequest, requestId: string): Promise<OperationContext>;
  /** A provider's callback: the tenant by its slug, and nobody is the viewer. */
  admitProvider(request: DoorRequest, requestId: string, slug: string): Promise<OperationContext>;
}

/** What admission looks things up with; without tenants and identity everybody is a guest nowhere. */
export interface AdmissionParts {
  readonly config: GatewayConfig;
  readonly clock: Clock;
  readonly known?: { readonly tenants: Tenants; readonly identity: Identity };
}

/** Makes it. */
export function admission({ config, clock, known }: AdmissionParts): Admission {
  const enter = (request: DoorRequest, requestId: string, tenant: TenantFacts, viewer: Viewer): OperationContext => {
    const deadlineAt = clock.now().getTime() + config.REQUEST_TIMEOUT_MS;
    return operationContext({ ...wishesOf(request, tenant), tenant, viewer, requestId, deadlineAt, clientAddress: request.clientAddress }, request.gone);
  };
  return {
    async admit(request, requestId) {
      if (!known) return enter(request, requestId, nowhere, guest);
      const credentials = await known.identity.credentialsOf(request.headers['authorization']);
      const header = request.headers['x-haat-tenant'];
      const tenant = await tenantOf(known.tenants, { host: request.host, header, token: tenantOfCredentials(credentials), baseDomains: config.BASE_DOMAINS });
      const viewer = await known.identity.identify(credentials, tenant, request.clientAddress);
      const context = enter(request, requestId, tenantFactsOf(tenant), withLinks(viewer, request, { tenant, config, now: clock.now() }));
      return credentials.kind === 'access' ? { ...context, expiresAt: credentials.claims.exp * 1_000 } : context;
    },
    async admitProvider(request, requestId, slug) {
      if (!known) throw new Refusal('TENANT_UNKNOWN', 'There is no such marketplace.');
      return enter(request, requestId, tenantFactsOf(await tenantBySlug(known.tenants, slug)), guest);
    },
  };
}

/** Who shows a cart's secret may have the cart, signed in or not: signing in adopts it. Who shows the link of an order's mail may have that order. */
function withLinks(viewer: Viewer, { headers }: DoorRequest, { tenant, config, now }: { readonly tenant: Tenant; readonly config: GatewayConfig; readonly now: Date }): Viewer {
  const guestKey = guestKeyOf(headers['x-haat-cart'], tenant.id, config.GUEST_KEY_SECRET);
  const link = headers['x-haat-order'];
  const orderId = link === undefined || config.GUEST_KEY_SECRET === undefined ? undefined : idOfToken(config.GUEST_KEY_SECRET, link, { purpose: 'order', tenantId: tenant.id, now });
  if (link !== undefined && orderId === undefined) throw badInput([{ path: ['x-haat-order'], message: 'expected the key of an order\'s link that is not over' }]);
  return { ...viewer, ...(guestKey !== undefined && { guestKey }), ...(orderId !== undefined && { orderId }) };
}

/** What the client asks for in its headers. */
function wishesOf({ headers }: DoorRequest, tenant: TenantFacts): Pick<InternalContext, 'locale' | 'idempotencyKey' | 'clientAgent'> {
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw badInput([{ path: ['idempotency-key'], message: 'expected 1 to 255 visible characters' }]);
  }
  return {
    locale: negotiatedLocale(headers['accept-language'], tenant.locales),
    idempotencyKey,
    clientAgent: headers['user-agent']?.replace(/[^\x20-\x7e]/g, '').slice(0, agentCharsMax),
  };
}
