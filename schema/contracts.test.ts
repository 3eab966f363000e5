import { expect, it } from 'vitest';
import { allContracts, asksIn, eventsIn, inOrder } from './contracts.js';
import { keysList } from './asks/identity.js';
import { tenantChanged, tenantOpened, tenantState } from './events/tenants.js';

it('finds the contracts of every file, by being there', async () => {
  const { events, asks } = await allContracts();
  expect(events).toEqual(expect.arrayContaining([tenantOpened, tenantChanged]));
  expect(asks).toContain(keysList);
});

it('takes contracts only, and only from their own file', () => {
  expect(eventsIn('tenants', [tenantState, tenantOpened, 7, null])).toEqual([tenantOpened]);
  expect(() => eventsIn('identity', [tenantOpened])).toThrow('The event tenants.tenant-opened.v1 stands in events/identity.ts: it belongs in events/tenants.ts.');
  expect(() => asksIn('tenants', [keysList])).toThrow('The ask identity.keys.list.v1 stands in asks/tenants.ts: it belongs in asks/identity.ts.');
});

it('refuses one key twice', () => {
  expect(() => inOrder([tenantOpened, tenantChanged, { ...tenantOpened }])).toThrow('The contract tenants.tenant-opened.v1 is there twice');
});
