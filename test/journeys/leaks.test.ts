import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** What would tell somebody outside how we are built, by what it is. */
const tellTales: Readonly<Record<string, RegExp>> = {
  'a stack': /\n\s*at |\bat [\w.<>]+ \(|stacktrace|"stack"/i,
  'a path': /\/(?:node_modules|dist|home|root|var|usr|opt|tmp|subgraphs|gateway)\/|file:\/\/|\.[cm]?[jt]s\b/,
  'SQL': /\bselect\b.+\bfrom\b|\binsert into\b|\bupdate \w+ set\b|\brelation "|\bviolates\b|syntax error at|\buser_account\b|\btenant_id\b|pg_|\brow-level\b/i,
  'a package': /\b(?:apollo|typeorm|type-graphql|graphql-js|postgres(?:ql)?|nats|jetstream|undici|pino|zod|node:|express)\b/i,
  'a host or port': /127\.0\.0\.1|::1\b|localhost:\d|ECONN|\b\d{1,3}(?:\.\d{1,3}){3}:\d+/,
  'a guess at a name': /did you mean/i,
};

interface Attempt {
  readonly what: string;
  readonly body?: string;
  readonly path?: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Record<string, string>;
}

const operation = (query: string, variables: Record<string, unknown> = {}): string => JSON.stringify({ query, variables });
const user = 'query($id: ID!) { user(id: $id) { id } }';

const attempts: readonly Attempt[] = [
  { what: 'no JSON', body: '{"query": ' },
  { what: 'no query', body: '{}' },
  { what: 'a syntax error', body: operation('{ viewer { ') },
  { what: 'a misspelt field', body: operation('{ viewr { kind } }') },
  { what: 'a misspelt type', body: operation('mutation($i: SignInInptu!) { signIn(input: $i) { __typename } }') },
  { what: 'a missing variable', body: operation(user) },
  { what: 'a variable of another type', body: operation(user, { id: { $gt: '' } }) },
  { what: 'quotes in an id', body: operation(user, { id: "'; drop table user_account; --" }) },
  { what: 'a NUL in an id', body: operation(user, { id: 'usr_\u0000x' }) },
  { what: 'ten kilobytes of id', body: operation(user, { id: 'x'.repeat(10_000) }) },
  { what: 'a NUL in a search', body: operation('{ users(search: "a\\u0000b") { totalCount } }') },
  { what: 'a lone surrogate in a search', body: operation('{ users(search: "\\ud800") { totalCount } }') },
  { what: 'a cursor of one\'s own', body: operation('{ users(after: "bm90IGEgY3Vyc29y") { totalCount } }') },
  { what: 'a page of a million', body: operation('{ users(first: 1000000) { totalCount } }') },
  { what: 'a moment that is none', body: operation('mutation { createApiToken(input: {name: "x", kind: PARTNER, grants: ["a.b"], expiresAt: "tomorrow"}) { __typename } }') },
  { what: 'a moment out of every range', body: operation('mutation { createApiToken(input: {name: "x", kind: PARTNER, grants: ["a.b"], expiresAt: "+275760-09-13T00:00:00.001Z"}) { __typename } }') },
  { what: 'a NUL in what is kept', body: operation('mutation { changeProfile(input: {name: "a\\u0000b"}) { __typename } }') },
  { what: 'a NUL in what is kept as JSON', body: operation('mutation($id: ID!) { setUserMetadata(input: {userId: $id, entries: [{key: "a", value: "\\u0000"}]}) { __typename } }', { id: 'usr_x' }) },
  { what: 'entities', body: operation('{ _entities(representations: [{__typename: "User", id: "usr_x"}]) { __typename } }') },
  { what: 'the service', body: operation('{ _service { sdl } }') },
  { what: 'a forged token', headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfeCJ9.' }, body: operation('{ viewer { kind } }') },
  { what: 'a forged API token', headers: { authorization: 'Bearer haat_acme_x' }, body: operation('{ viewer { kind } }') },
  { what: 'another media type', headers: { 'content-type': 'text/plain' }, body: operation('{ viewer { kind } }') },
  { what: 'a host that is none', headers: { host: 'nobody.localhost' }, body: operation('{ viewer { kind } }') },
  { what: 'a mutation by GET', method: 'GET', path: '/graphql?query=mutation%7BsignOut%7B__typename%7D%7D' },
  { what: 'another method', method: 'PUT', body: '{}' },
  { what: 'a page that is not there', method: 'GET', path: '/.env' },
  { what: 'a folder above', method: 'GET', path: '/..%2f..%2fpackage.json' },
  { what: 'a hook of nobody', path: '/hooks/nobody/x', body: '{}' },
  { what: 'a hook that is not there', path: '/hooks/identity/x/acme', body: '{}' },
];

describe('what is refused', () => {
  let marketplace: TestMarketplace;
  let operator: Person;
  let shopper: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({ INTROSPECTION: 'false' });
    operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    shopper = await newShopper(marketplace.door, 'acme', 'keya');
  });
  afterAll(() => marketplace.close());

  const tryIt = ({ method = 'POST', path = '/graphql', headers, body }: Attempt, token?: string) => {
    const who: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    return marketplace.door.fetch(path, { method, headers: { host: 'acme.localhost', 'content-type': 'application/json', ...who, ...headers }, body });
  };

  it.each(attempts)('tells nothing of how we are built: $what', async (attempt) => {
    for (const token of [undefined, shopper.token, operator.token]) {
      const answer = await tryIt(attempt, token);
      const told = Object.entries(tellTales).filter(([, pattern]) => pattern.test(answer.text));
      expect(told.map(([what]) => `${what}: ${answer.text.slice(0, 500)}`)).toEqual([]);
      expect(Object.keys(answer.headers)).not.toContain('x-powered-by');
    }
  });

  it.each([
    ['a moment', 'mutation { createApiToken(input: {name: "x", kind: PARTNER, grants: ["a.b"], expiresAt: "tomorrow"}) { __typename } }', 'DateTime: expected RFC 3339 text such as "2026-03-01T09:30:00Z", came "tomorrow".'],
    ['a language', 'mutation { changePreferences(input: {locale: "english!"}) { __typename } }', 'Locale: expected a BCP 47 tag such as bn-BD, came "english!".'],
  ])('says what was expected of %s that is none, written into the operation', async (_, query, message) => {
    const { errors } = await marketplace.door.ask(operator, query);
    expect(errors?.map(({ message: said, extensions }) => [said, extensions?.['code']])).toEqual([[message, 'BAD_USER_INPUT']]);
  });

  it('says the same of what is another\'s as of what is not there', async () => {
    const { door } = marketplace;
    const [theirs, nobodys] = await Promise.all([operator.userId, `${operator.userId.slice(0, -4)}0000`].map((id) => door.ask(shopper, user, { id })));
    // What the asker has left to spend differs from one request to the next, and says nothing of the person.
    expect([theirs?.status, theirs?.data, theirs?.errors]).toEqual([nobodys?.status, nobodys?.data, nobodys?.errors]);
    const end = 'mutation($id: ID!) { endSession(input: {sessionId: $id}) { __typename } }';
    const [others, none] = await Promise.all([operator.sessionId, `${operator.sessionId.slice(0, -4)}0000`].map((id) => door.ask(shopper, end, { id })));
    expect(others?.errors).toEqual(none?.errors);
    expect(others?.errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
  });
});
