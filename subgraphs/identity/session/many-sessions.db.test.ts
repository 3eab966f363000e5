import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityRig, someTenant, type Person } from '../testing/identity-rig.js';

let rig: IdentityRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await IdentityRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

/** More open sessions of a person, all begun when theirs was; the first was not used for longest. */
const opened = ({ userId, sessionId }: Person, count: number) => rig.subgraph.query(
  `insert into identity.session (tenant_id, id, user_id, last_seen_at, authenticated_at, expires_at)
   select tenant_id, user_id || '_' || lpad(n::text, 4, '0'), user_id, last_seen_at - (5000 - n) * interval '1 minute', authenticated_at, expires_at from identity.session, generate_series(1, $3::int) n where user_id = $1 and id = $2`,
  [userId, sessionId, count],
);
const openOf = ({ userId }: Person) => rig.subgraph.query<{ id: string }>('select id from identity.session where user_id = $1 and ended_at is null', [userId]);

describe('a person with a hundred open sessions', () => {
  it('opens another, and the one that was not used for longest ends [AUTH-10]', async () => {
    const { tenant } = someTenant();
    const [ann, bea] = [await rig.shopper(tenant), await rig.shopper(tenant)];
    await opened(ann, 99);
    const next = await rig.signIn(tenant, ann.email);
    const ids = (await openOf(ann)).map(({ id }) => id);
    expect(ids).toHaveLength(100);
    expect(ids).toEqual(expect.arrayContaining([ann.sessionId, next.sessionId]));
    expect(await rig.said(tenant.id, 'session-revoked')).toEqual([{ sessionId: `${ann.userId}_0001`, userId: ann.userId, why: 'ENDED' }]);
    expect(await openOf(bea)).toHaveLength(1);
  });

  it('is shown a hundred, the newest first, however many there were before [AUTH-10]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    await opened(ann, 150);
    const { viewer } = await rig.read<{ viewer: { user: { sessions: { id: string }[] } } }>(ann.asker, '{ viewer { user { sessions { id } } } }');
    const ids = viewer.user.sessions.map(({ id }) => id);
    expect(ids).toEqual((await openOf(ann)).map(({ id }) => id).toSorted().toReversed().slice(0, 100));
  });

  it('has them ended by as many statements as two are, and each is said to have ended', async () => {
    const { tenant, operator } = someTenant();
    const [ann, bea] = [await rig.shopper(tenant), await rig.shopper(tenant)];
    await opened(ann, 1);
    await opened(bea, 99);
    const [two, hundred] = [await statements.during(() => rig.mutate(operator, 'deactivateUser', { userId: ann.userId })), await statements.during(() => rig.mutate(operator, 'deactivateUser', { userId: bea.userId }))];
    expect(hundred).toBe(two);
    expect(await openOf(bea)).toEqual([]);
    const said = await rig.said(tenant.id, 'session-revoked');
    expect(said.filter(({ userId, why }) => userId === bea.userId && why === 'ACCOUNT_CLOSED')).toHaveLength(100);
  });
});
