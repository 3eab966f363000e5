import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { eventually } from '@haat/kit/testing/eventually';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsTo } from '../testing/mailbox.js';
import { ShopOrder } from '../testing/shop-events.js';
import { startTestNotifications, type TestNotifications } from '../testing/test-notifications.js';

let test: TestNotifications;
beforeAll(async () => { test = await startTestNotifications(); });
afterAll(() => test?.[Symbol.asyncDispose]());

interface Inbox {
  readonly notifications: { readonly nodes: readonly { readonly id: string; readonly kind: string; readonly title: string; readonly readAt: string | null }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } | null;
  readonly unreadCount: number | null;
  readonly notificationPreferences: readonly { readonly kind: string; readonly inApp: boolean; readonly email: boolean; readonly isEmailRequired: boolean }[] | null;
}

const inboxQuery = `query ($r: [_Any!]!, $first: Int, $after: String, $unreadOnly: Boolean) { _entities(representations: $r) { ... on User {
  unreadCount notificationPreferences { kind inApp email isEmailRequired }
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly) { nodes { id kind title readAt orderNumber amount { minor } trackingUrl } pageInfo { hasNextPage endCursor } } } } }`;
const marking = 'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename ... on MarkNotificationsReadSucceeded { unreadCount } ... on NotificationsUnknown { notificationIds } } }';
const setting = 'mutation ($input: SetNotificationPreferenceInput!) { setNotificationPreference(input: $input) { __typename ... on NotificationPreference { kind inApp email } ... on NotificationEmailRequired { message kind } } }';
const kinds = ['ORDER_SHIPPED', 'ORDER_ACCEPTED', 'ORDER_PAID', 'ORDER_PLACED'];

/** Somebody who was told four things, newest first as {@link kinds}. */
async function toldSomebody() {
  const userId = newId('usr');
  const tenant = testTenant({ locales: ['en', 'sv'] });
  await test.open(tenant);
  const order = new ShopOrder(test, tenant, { userId });
  const asker: TestAsker = { tenant, viewer: testViewer(userId, ['SHOPPER']) };
  for (const [n, heard] of [await order.placed(), order.captured(), order.accepted(), order.shipped('https://carrier.example/t/1')].entries()) {
    await order.hear(heard);
    await eventually(async () => (await inbox(asker)).notifications?.nodes.length === n + 1);
  }
  return { order, asker, userId, tenant };
}

async function inbox(asker: TestAsker, variables: Record<string, unknown> = {}, of = asker.viewer?.userId): Promise<Inbox> {
  const answer = await test.ask<{ _entities: [Inbox] }>(asker, inboxQuery, { r: [{ __typename: 'User', id: of }], ...variables });
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data._entities[0];
}

async function act(asker: TestAsker, document: string, input: object): Promise<Record<string, unknown>> {
  const answer = await test.ask<Record<string, Record<string, unknown>>>(asker, document, { input });
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return Object.values(answer.data)[0] ?? {};
}

describe('Notifications', () => {
  it("are listed to their reader, newest first, in the reader's language then [NOT-04, NOT-05]", async () => {
    const { asker } = await toldSomebody();
    const { notifications, unreadCount } = await inbox(asker);
    expect([notifications?.nodes.map(({ kind }) => kind), unreadCount]).toEqual([kinds, 4]);
    expect(notifications?.nodes[0]).toMatchObject({ title: 'Padma Crafts shipped goods of your order 1042', orderNumber: '1042', trackingUrl: 'https://carrier.example/t/1', readAt: null });
    expect((await inbox({ ...asker, locale: 'sv' })).notifications?.nodes[3]?.title).toBe('Din beställning 1042 hos Acme Bazaar');
    const own = await test.ask<{ notification: { title: string; amount: { minor: number } } }>(asker, 'query ($id: ID!) { notification(id: $id) { title amount { minor } } }', { id: notifications?.nodes[3]?.id });
    expect(own.data?.notification).toEqual({ title: 'Your order 1042 at Acme Bazaar', amount: { minor: 123_450 } });
  });

  it('are walked by pages without one twice, unread ones alone too', async () => {
    const { asker } = await toldSomebody();
    const first = await inbox(asker, { first: 3 });
    const second = await inbox(asker, { first: 3, after: first.notifications?.pageInfo.endCursor });
    expect([...(first.notifications?.nodes ?? []), ...(second.notifications?.nodes ?? [])].map(({ kind }) => kind)).toEqual(kinds);
    await act(asker, marking, { notificationIds: [first.notifications?.nodes[1]?.id] });
    const unread = await inbox(asker, { unreadOnly: true });
    expect([unread.notifications?.nodes.map(({ kind }) => kind), unread.unreadCount]).toEqual([['ORDER_SHIPPED', 'ORDER_PAID', 'ORDER_PLACED'], 3]);
  });

  it('are marked as read by name or up to one, and never unread again', async () => {
    const { asker } = await toldSomebody();
    const nodes = (await inbox(asker)).notifications?.nodes ?? [];
    expect(await act(asker, marking, { notificationIds: [nodes[0]?.id, nodes[0]?.id] })).toEqual({ __typename: 'MarkNotificationsReadSucceeded', unreadCount: 3 });
    expect(await act(asker, marking, { upTo: nodes[2]?.id })).toEqual({ __typename: 'MarkNotificationsReadSucceeded', unreadCount: 1 });
    expect(await act(asker, marking, { upTo: nodes[3]?.id })).toMatchObject({ unreadCount: 1 });
    const read = (await inbox(asker)).notifications?.nodes.map(({ readAt }) => readAt !== null);
    expect(read).toEqual([true, false, true, true]);
  });

  it('of somebody else are neither seen nor marked, by another viewer, tenant or operator', async () => {
    const { asker, userId, tenant } = await toldSomebody();
    const id = (await inbox(asker)).notifications?.nodes[0]?.id;
    const others: TestAsker[] = [{ tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) }, { tenant: testTenant(), viewer: testViewer(userId, ['SHOPPER']) }, { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) }];
    for (const other of others) {
      expect(await act(other, marking, { notificationIds: [id] })).toEqual({ __typename: 'NotificationsUnknown', notificationIds: [id] });
      expect(await act(other, marking, { upTo: id })).toMatchObject({ __typename: 'NotificationsUnknown' });
      expect((await test.ask<{ notification: unknown }>(other, 'query ($id: ID!) { notification(id: $id) { id } }', { id })).data?.notification).toBeNull();
      const seen = await inbox(other, {}, userId);
      expect(other.tenant.id === tenant.id ? seen : { ...seen, notificationPreferences: null }).toEqual(other.tenant.id === tenant.id ? { notifications: null, unreadCount: null, notificationPreferences: null } : { notifications: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }, unreadCount: 0, notificationPreferences: null });
    }
    expect((await inbox(asker)).unreadCount).toBe(4);
  });

  it.each([[{}], [{ notificationIds: [], upTo: 'ntf_x' }], [{ notificationIds: Array.from({ length: 101 }, () => 'ntf_x') }], [{ upTo: '' }]])('are not marked by %j', async (input) => {
    const answer = await test.ask({ tenant: testTenant(), viewer: testViewer(newId('usr'), ['SHOPPER']) }, marking, { input });
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('are refused to guests', async () => {
    const answer = await test.ask({ tenant: testTenant() }, '{ notification(id: "ntf_x") { id } }');
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });
});

describe('Preferences', () => {
  it('decide on which ways each kind is told from then on [NOT-06]', async () => {
    const { order, asker } = await toldSomebody();
    expect(await act(asker, setting, { kind: 'ORDER_DELIVERED', email: false })).toEqual({ __typename: 'NotificationPreference', kind: 'ORDER_DELIVERED', inApp: true, email: false });
    await act(asker, setting, { kind: 'ORDER_REFUNDED', inApp: false, email: false });
    expect(await act(asker, setting, { kind: 'ORDER_REFUNDED', email: true })).toMatchObject({ inApp: false, email: true });
    await order.hear(order.delivered());
    await order.hear(order.refunded());
    await eventually(async () => (await mailsTo(order.to ?? '')).some(({ subject }) => subject.includes('was paid back')), 10_000);
    await eventually(async () => (await inbox(asker)).notifications?.nodes[0]?.kind === 'ORDER_DELIVERED');
    expect((await inbox(asker)).notifications?.nodes.map(({ kind }) => kind)).toEqual(['ORDER_DELIVERED', ...kinds]);
    expect((await mailsTo(order.to ?? '')).filter(({ subject }) => subject.includes('delivered'))).toEqual([]);
  });

  it('are there for each kind before anything was said, and keep the confirmation of an order', async () => {
    const { asker } = await toldSomebody();
    expect(await act(asker, setting, { kind: 'ORDER_PLACED', email: false })).toMatchObject({ __typename: 'NotificationEmailRequired', kind: 'ORDER_PLACED' });
    const preferences = (await inbox(asker)).notificationPreferences ?? [];
    expect(preferences).toHaveLength(13);
    expect(preferences).toContainEqual({ kind: 'ORDER_PLACED', inApp: true, email: true, isEmailRequired: true });
    expect(preferences).toContainEqual({ kind: 'SALE_DELIVERED', inApp: true, email: false, isEmailRequired: false });
  });
});
