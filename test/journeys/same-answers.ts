import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Asker } from '../support/graph.js';
import { demoPassword, newShopper, signIn, type Person } from '../support/sign-in.js';
import type { TwoGateways } from './two-gateways.js';

interface People {
  readonly guest: Asker;
  readonly shopper: Person;
  readonly operator: Person;
  readonly platform: Person;
}

interface Operation {
  readonly what: string;
  readonly by: keyof People;
  readonly query: string;
  readonly variables?: (people: People) => Record<string, unknown>;
}

/** Each answers the same however often it is run, so that it can be run at both doors. */
const operations: readonly Operation[] = [
  { what: 'who a guest is', by: 'guest', query: '{ viewer { kind roles grants user { id } session { id } } }' },
  { what: 'who a shopper is', by: 'shopper', query: '{ viewer { kind roles grants user { id email name createdAt preferences { locale wantsMarketing } } session { id } } }' },
  { what: 'the shop', by: 'guest', query: '{ tenant { id slug name status currency locale timeZone domains { host } } }' },
  { what: 'what only operators see, to a guest', by: 'guest', query: '{ tenant { slug plan { key } features { key } usage { meter } } }' },
  { what: 'what only operators see', by: 'operator', query: '{ tenant { slug plan { key name limits { meter limit } } features { key isEnabled source } } }' },
  { what: 'both subgraphs at once', by: 'operator', query: '{ viewer { user { email } } tenant { name } users(first: 2) { totalCount nodes { id email } pageInfo { hasNextPage endCursor } } }' },
  { what: 'a page from the end', by: 'operator', query: '{ users(last: 2) { nodes { id } pageInfo { hasPreviousPage } } }' },
  { what: 'all shops', by: 'platform', query: '{ tenants { totalCount nodes { id slug } } }' },
  { what: 'all shops, to an operator', by: 'operator', query: '{ tenants { totalCount } }' },
  { what: 'people, to a guest', by: 'guest', query: '{ users { totalCount } }' },
  { what: 'a person', by: 'shopper', query: 'query($id: ID!) { user(id: $id) { id name } }', variables: ({ shopper }) => ({ id: shopper.userId }) },
  { what: 'another person', by: 'shopper', query: 'query($id: ID!) { user(id: $id) { id name } }', variables: ({ operator }) => ({ id: operator.userId }) },
  { what: 'names of types, aliases and fragments', by: 'shopper', query: '{ __typename me: viewer { ...V } } fragment V on Viewer { __typename who: kind }' },
  { what: 'what is left out', by: 'guest', query: 'query($no: Boolean = false) { viewer { kind roles @include(if: $no) } tenant @skip(if: $no) { slug } }' },
  { what: 'a wrong password', by: 'guest', query: 'mutation { signIn(input: {email: "operator@acme.example", password: "not-the-password"}) { __typename ... on WrongCredentials { message } } }' },
  { what: 'a weak password', by: 'guest', query: 'mutation { register(input: {email: "a@b.example", password: "123"}) { __typename ... on WeakPassword { message } } }' },
  { what: 'an address that is none', by: 'guest', query: 'mutation { register(input: {email: "nobody", password: "long-enough-2026"}) { __typename } }' },
  { what: 'a change of one\'s own', by: 'shopper', query: 'mutation($name: String) { changeProfile(input: {name: $name}) { ... on User { id name } } }', variables: () => ({ name: 'Shirin' }) },
  { what: 'the end of a session that is not there', by: 'shopper', query: 'mutation { endSession(input: {sessionId: "ses_none"}) { __typename } }' },
  { what: 'a page too large', by: 'operator', query: '{ users(first: 101) { totalCount } }' },
  { what: 'a field that is not there', by: 'guest', query: '{ nothing }' },
];

/** That both gateways answer alike. The last test stops the processes. */
export function sameAnswers(world: () => TwoGateways): void {
  describe('a gateway beside its subgraphs, and one that reaches them by HTTP', () => {
    let people: People;
    beforeAll(async () => {
      const { marketplace: { door } } = world();
      people = {
        guest: { tenant: 'acme' },
        shopper: await newShopper(door, 'acme', 'shirin'),
        operator: await signIn(door, 'acme', 'operator@acme.example'),
        platform: await signIn(door, 'haat', 'platform@haat.example'),
      };
    });

    it.each(operations)('answer the same: $what [TEN-11, GW-01]', async ({ by, query, variables }) => {
      const { marketplace, apart } = world();
      const given = variables?.(people);
      const here = await marketplace.door.ask(people[by], query, given);
      const there = await apart.door.ask(people[by], query, given);
      expect(comparable(there)).toEqual(comparable(here));
      expect(here.text).not.toContain('INTERNAL');
    });

    it('both take tokens of both, and both end a session that ends at either [GW-02]', async () => {
      const { marketplace, apart } = world();
      const there = await signIn(apart.door, 'acme', people.operator.email, demoPassword);
      const whoAmI = '{ viewer { session { id } } }';
      for (const { door } of [marketplace, apart]) expect((await door.ask(there, whoAmI)).data).toEqual({ viewer: { session: { id: there.sessionId } } });
      await marketplace.door.ask(there, 'mutation { signOut { __typename } }');
      for (const { door } of [marketplace, apart]) await expect.poll(async () => (await door.ask(there, whoAmI)).errors?.[0]?.extensions?.['code'], { timeout: 5_000 }).toBe('UNAUTHENTICATED');
    });

    it('stop when they are told to, each by itself', async () => {
      const codes = await world().apart.close();
      expect(codes).toEqual(codes.map(() => 0));
    });
  });
}

function comparable({ status, data, errors }: Answer): unknown {
  return { status, data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions?.['code'], problems: extensions?.['problems'] })) };
}
