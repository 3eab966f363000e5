import { expect, it } from 'vitest';
import { welcome } from './welcome.js';

it('lists pages and logins in columns', () => {
  const text = welcome({
    pages: [{ name: 'GraphQL', url: 'http://localhost:4000/graphql' }, { name: 'Mail', url: 'http://localhost:1080' }],
    logins: [{ role: 'OWNER', tenant: 'acme', email: 'owner@acme.example', password: 'a-long-one' }],
    dataDir: '.data/start',
  });
  expect(text.split('\n')).toEqual([
    '',
    '  GraphQL  http://localhost:4000/graphql',
    '  Mail     http://localhost:1080',
    '',
    '  Role   Tenant  E-mail              Password',
    '  OWNER  acme    owner@acme.example  a-long-one',
    '',
    'Ctrl-C stops everything. The data stays in .data/start; `npm start -- --fresh` drops it.',
  ]);
});

it('leaves the table out when there are no logins', () => {
  expect(welcome({ pages: [], logins: [], dataDir: 'd' })).not.toContain('Password');
});
