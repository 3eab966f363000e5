import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf, type Asker } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** Attack row A12: a change of what somebody may do counts within this time. */
const effectiveWithinMs = 5_000;

const people = '{ users(first: 1) { totalCount } }';
const whoAmI = '{ viewer { kind roles grants user { id } } }';

describe('what somebody may do', () => {
  let marketplace: TestMarketplace;
  let operator: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
  });
  afterAll(() => marketplace.close());

  const refusalOf = async (asker: Asker, query: string) => codeOf(await marketplace.door.ask(asker, query)) ?? 'none';
  const soon = (asker: Asker, query: string) => expect.poll(() => refusalOf(asker, query), { timeout: effectiveWithinMs, interval: 50 });

  it('changes within seconds when a role is given or taken, with the same token [AUTH-07]', async () => {
    const { door } = marketplace;
    const person = await newShopper(door, 'acme', 'rumana');
    expect(await refusalOf(person, people)).toBe('FORBIDDEN');
    await mutate(door, operator, 'grantRole', { userId: person.userId, role: 'OPERATOR' });
    await soon(person, people).toBe('none');
    await mutate(door, operator, 'revokeRole', { userId: person.userId, role: 'OPERATOR' });
    await soon(person, people).toBe('FORBIDDEN');
  });

  it('ends within seconds when the session is ended on another device [AUTH-10]', async () => {
    const { door } = marketplace;
    const phone = await newShopper(door, 'acme', 'joya');
    const laptop = await signIn(door, 'acme', phone.email);
    const { viewer } = dataOf(await door.ask<{ viewer: { user: { sessions: { id: string }[] } } }>(laptop, '{ viewer { user { sessions { id } } } }'));
    expect(viewer.user.sessions.map(({ id }) => id).sort()).toEqual([phone.sessionId, laptop.sessionId].sort());
    expect(await refusalOf(phone, whoAmI)).toBe('none');
    await mutate(door, laptop, 'endSession', { sessionId: phone.sessionId });
    await soon(phone, whoAmI).toBe('UNAUTHENTICATED');
    expect(await refusalOf(laptop, whoAmI)).toBe('none');
  });

  it('ends within seconds when the account is switched off [USER-04]', async () => {
    const { door } = marketplace;
    const person = await newShopper(door, 'acme', 'bithi');
    expect(await refusalOf(person, whoAmI)).toBe('none');
    await mutate(door, operator, 'deactivateUser', { userId: person.userId });
    await soon(person, whoAmI).toBe('UNAUTHENTICATED');
  });

  it('is, for a program, what its token was given, until the token is revoked [AUTH-15]', async () => {
    const { door } = marketplace;
    const made = await mutate(door, operator, 'createApiToken', { name: 'Accounting', kind: 'PARTNER', grants: ['orders.read'] }, '... on CreateApiTokenSucceeded { secret token { id } }');
    const program = { tenant: 'acme', token: String(made['secret']) };
    expect(dataOf(await door.ask(program, whoAmI))).toEqual({ viewer: { kind: 'TOKEN', roles: ['PARTNER'], grants: ['orders.read'], user: null } });
    expect(await refusalOf(program, people)).toBe('FORBIDDEN');
    expect(await refusalOf({ ...program, tenant: 'nordic' }, whoAmI)).toBe('UNAUTHENTICATED');
    const { id } = made['token'] as { id: string };
    await mutate(door, operator, 'revokeApiToken', { tokenId: id });
    await soon(program, whoAmI).toBe('UNAUTHENTICATED');
  });
});
