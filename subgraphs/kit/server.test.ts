import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from './clock.js';
import type { Context } from './context.js';
import { newId } from './id.js';
import { guest, type InternalContext } from './identity.js';
import { makeLog } from './log.js';
import { buildFederatedSchema } from './schema.js';
import { internalBodyBytesMax, makeFace, type Face } from './server.js';
import { bodyDigest, contextHeader, digestHeader, makeSigningKeys, readSigningKey, readTrustedKeys, signContext, verifyContext, type SigningKey } from './signing.js';
import { fixtureCalls, fixtureSubgraph } from './testing/fixture-schema.js';
import { testTenant, testViewer } from './testing/test-tenant.js';
import { usedOnce } from './used-once.js';

const lines: string[] = [];
const tenant = testTenant();
let face: Face;
let gateway: SigningKey;
let waitsFor: string[] = [];

beforeAll(async () => {
  const keys = await makeSigningKeys('gateway');
  gateway = await readSigningKey(JSON.stringify(keys.privateJwk));
  const trusted = await readTrustedKeys(JSON.stringify({ keys: [keys.publicJwk] }));
  const used = usedOnce();
  const log = makeLog('fixture', 'info', { write: (line) => void lines.push(line) });
  face = await makeFace({
    name: 'fixture', schema: buildFederatedSchema(fixtureSubgraph).schema, log,
    verified: (token, digest) => verifyContext(token ?? '', { audience: 'fixture', trusted, now: new Date(), digest, issuers: ['gateway'], used }),
    within: (internal, work) => work(contextFor(internal)),
    unready: async () => waitsFor,
    route: async () => undefined,
  });
});
afterAll(() => face.close());
beforeEach(() => {
  lines.length = 0;
  fixtureCalls.lookups.length = 0;
});

const contextFor = (internal: InternalContext): Context => ({
  ...internal, log: makeLog('fixture', 'info', { write: (line) => void lines.push(line) }), clock: systemClock,
  deadline: { at: internal.deadlineAt, remainingMs: () => Math.max(0, internal.deadlineAt - Date.now()) },
} as unknown as Context);

const internal = (viewer = guest, deadlineMs = 5_000): InternalContext => ({ tenant, viewer, locale: 'en', requestId: newId('req'), deadlineAt: Date.now() + deadlineMs });
type Shape = { status: number; data?: Record<string, unknown> | null; errors?: readonly { message: string; extensions?: Record<string, unknown> }[] };

async function overHttp(query: string, variables: Record<string, unknown> = {}, context = internal()): Promise<Shape> {
  const body = Buffer.from(JSON.stringify({ query, variables }));
  const token = await signContext(gateway, 'fixture', context, { now: new Date(), digest: bodyDigest(body) });
  const { status, body: text } = await face.handle({ method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json', [contextHeader]: token }, body });
  return { status, ...(JSON.parse(String(text)) as Omit<Shape, 'status'>) };
}

async function inProcess(query: string, variables: Record<string, unknown> = {}, context = internal()): Promise<Shape> {
  const contextToken = await signContext(gateway, 'fixture', context, { now: new Date() });
  return { status: 200, ...(await face.execute({ query, variables, contextToken })) };
}

describe.each([['over HTTP', overHttp], ['in the same process', inProcess]] as const)('a subgraph asked %s', (_, ask) => {
  it('answers, in the tenant of the signed context', async () => {
    expect((await ask('{ thing(id: "a") { id tenant } }')).data).toEqual({ thing: { id: 'a', tenant: tenant.id } });
  });

  it('looks the keys of one type up together, each once, in their order', async () => {
    const representations = ['a', 'none', 'b', 'a'].map((id) => ({ __typename: 'Thing', id }));
    const answer = await ask('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id } } }', { r: representations });
    expect(answer.data).toEqual({ _entities: [{ id: 'a' }, null, { id: 'b' }, { id: 'a' }] });
    expect(fixtureCalls.lookups).toEqual([['a', 'none', 'b']]);
  });

  it('shows a private field to its owner and to operators, and null to everybody else', async () => {
    const secretFor = async (viewer = guest) => (await ask('{ thing(id: "a") { secret } }', {}, internal(viewer))).data;
    expect(await secretFor()).toEqual({ thing: { secret: null } });
    expect(await secretFor(testViewer('usr_other', ['SHOPPER']))).toEqual({ thing: { secret: null } });
    expect(await secretFor(testViewer('usr_owner', ['SHOPPER']))).toEqual({ thing: { secret: 'secret of a' } });
    expect(await secretFor(testViewer('usr_other', ['OPERATOR']))).toEqual({ thing: { secret: 'secret of a' } });
  });

  it('refuses a root field before anything is done', async () => {
    const codeFor = async (query: string, viewer = guest) => (await ask(query, {}, internal(viewer))).errors?.[0]?.extensions?.['code'];
    const before = fixtureCalls.mutations;
    expect(await codeFor('{ forOperators }')).toBe('UNAUTHENTICATED');
    expect(await codeFor('{ forOperators }', testViewer('usr_1', ['SHOPPER']))).toBe('FORBIDDEN');
    expect(await codeFor('{ forOperators }', testViewer('usr_1', ['OPERATOR']))).toBeUndefined();
    expect(await codeFor('mutation { manage(vendorId: "ven_1") }', testViewer('usr_1', ['MERCHANT']))).toBe('FORBIDDEN');
    expect(fixtureCalls.mutations).toBe(before);
    expect(await codeFor('mutation { manage(vendorId: "ven_1") }', testViewer('usr_1', ['MERCHANT'], { vendors: [{ id: 'ven_1', grants: ['things.manage'] }] }))).toBeUndefined();
    expect(fixtureCalls.mutations).toBe(before + 1);
  });

  it('lets a refusal out with its code', async () => {
    expect((await ask('{ missing }')).errors).toMatchObject([{ message: 'No such thing.', extensions: { code: 'NOT_FOUND' } }]);
  });

  it('lets nothing out of our own failures but an id to quote, and logs the rest', async () => {
    const { errors } = await ask('{ broken }');
    expect(JSON.stringify(errors)).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|select|\.js|at /);
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(lines.join('')).toContain(String(errors?.[0]?.extensions?.['errorId']));
  });

  it('says what is wrong with an operation', async () => {
    expect((await ask('{ nothingOfTheKind }')).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect((await ask('query ($id: ID!) { thing(id: $id) { id } }')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: ['id'] }] } }]);
  });

  it('says what it expected of a value, written into the operation or given by a variable', async () => {
    const wrong = { message: expect.stringContaining('DateTime: expected RFC 3339 text such as') as string, extensions: { code: 'BAD_USER_INPUT' } };
    for (const [answer, path] of [[await ask('{ moment(at: "x") }'), []], [await ask('query ($at: DateTime!) { moment(at: $at) }', { at: 'x' }), ['at']]] as const) {
      expect(answer.errors).toMatchObject([wrong]);
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', problems: [{ path, message: expect.stringContaining('DateTime: expected RFC 3339 text such as') }] });
    }
    expect((await ask('{ moment(at: 1) }')).errors).toMatchObject([wrong]);
    expect((await ask('{ moment(at: "2026-03-01T09:30:00+06:00") }')).data).toEqual({ moment: '2026-03-01T03:30:00.000Z' });
  });

  it('says that a null is the asker\'s mistake where a variable may be left out but not be null', async () => {
    const query = 'query ($later: Int) { moment(at: "2026-03-01T03:30:00Z", laterMs: $later) }';
    expect((await ask(query)).data).toEqual({ moment: '2026-03-01T03:30:00.000Z' });
    expect((await ask(query, { later: null })).errors).toMatchObject([{
      message: 'Argument "laterMs" of non-null type "Int!" must not be null.', extensions: { code: 'BAD_USER_INPUT' },
    }]);
    expect(lines).toEqual([]);
  });

  it('stops waiting at the deadline', async () => {
    expect((await ask('{ never }', {}, internal(guest, 50))).errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED' } }]);
  });
});

describe('without a good signed context a subgraph', () => {
  const bodyOf = (query: string) => Buffer.from(JSON.stringify({ query }));
  const send = (url: string, headers: Record<string, string>, body: Uint8Array = bodyOf('{ thing(id: "a") { id } }')) => face.handle({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body });

  it('answers whether it lives and is ready, and says what it waits for', async () => {
    const get = (url: string) => face.handle({ method: 'GET', url, headers: {}, body: new Uint8Array() });
    expect(await get('/health')).toMatchObject({ status: 200 });
    expect(await get('/ready')).toMatchObject({ status: 200 });
    waitsFor = ['the database'];
    expect(await get('/ready')).toMatchObject({ status: 503, body: expect.stringContaining('the database') });
    waitsFor = [];
  });

  it('answers nothing else', async () => {
    for (const url of ['/graphql', '/hooks/fixture/x', '/', '/metrics', '/../graphql']) expect(await send(url, {})).toMatchObject({ status: 401 });
    expect(await face.execute({ query: '{ thing(id: "a") { id } }', contextToken: '' })).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('takes no context that was signed over another body', async () => {
    const token = await signContext(gateway, 'fixture', internal(), { now: new Date(), digest: bodyDigest(bodyOf('{ __typename }')) });
    expect(await send('/graphql', { [contextHeader]: token })).toMatchObject({ status: 401 });
    const undigested = await signContext(gateway, 'fixture', internal(), { now: new Date() });
    expect(await send('/graphql', { [contextHeader]: undigested })).toMatchObject({ status: 401 });
  });

  it('takes one that came over a network for one call', async () => {
    const body = bodyOf('mutation { manage(vendorId: "ven_1") }');
    const viewer = testViewer('usr_1', ['MERCHANT'], { vendors: [{ id: 'ven_1', grants: ['things.manage'] }] });
    const headers = { [contextHeader]: await signContext(gateway, 'fixture', internal(viewer), { now: new Date(), digest: bodyDigest(body) }) };
    const before = fixtureCalls.mutations;
    expect(await send('/graphql', headers, body)).toMatchObject({ status: 200 });
    for (const url of ['/graphql', '/hooks/fixture/x']) expect(await send(url, { ...headers, [digestHeader]: bodyDigest(body) }, body)).toMatchObject({ status: 401 });
    expect(fixtureCalls.mutations).toBe(before + 1);
  });

  it('reads no body beyond the limit', async () => {
    expect(await send('/graphql', {}, Buffer.alloc(internalBodyBytesMax + 1, 32))).toMatchObject({ status: 413 });
  });
});
