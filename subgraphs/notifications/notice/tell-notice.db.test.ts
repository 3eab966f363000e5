import { vendorApproved } from '@haat/schema/events/vendors';
import { userErased } from '@haat/schema/events/identity';
import { eventually } from '@haat/kit/testing/eventually';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAddress, mailsTo, mailTo } from '../testing/mailbox.js';
import { envelopeFor } from '../testing/neighbours.js';
import { ShopOrder, type OrderOptions } from '../testing/shop-events.js';
import { startTestNotifications, type TestNotifications } from '../testing/test-notifications.js';
import { tellBatch } from './tell-due-notices.js';

let test: TestNotifications;
beforeAll(async () => { test = await startTestNotifications(); });
afterAll(() => test?.[Symbol.asyncDispose]());

async function anOrder(options: OrderOptions = {}): Promise<ShopOrder> {
  const tenant = testTenant({ locales: ['en', 'sv', 'bn'] });
  await test.open(tenant);
  return new ShopOrder(test, tenant, options);
}

/** Rows of a tenant. */
async function rowsOf(collection: string, { tenant }: ShopOrder) {
  return (await test.raw(collection)).filter((row) => row['tenantId'] === tenant.id);
}

/** Waits until nothing of the tenant is left to be told. */
async function allTold(order: ShopOrder): Promise<void> {
  await eventually(async () => (await rowsOf('notices', order)).length === 0, 30_000);
}

/** What a person was told in the application, by kind. */
async function kindsFor(order: ShopOrder, userId: string | null): Promise<string[]> {
  return (await rowsOf('notifications', order)).filter((row) => row['userId'] === userId).map((row) => String(row['kind'])).toSorted();
}

/** The first mail to an address whose subject says something. */
function mailAbout(address: string | null, words: string) {
  return eventually(async () => (await mailsTo(address ?? '')).find(({ subject }) => subject.includes(words)), 10_000);
}

describe('What happens to an order', () => {
  it('reaches its buyer step by step, by mail and in the application [NOT-04, NOT-09, NOT-11]', async () => {
    const order = await anOrder();
    for (const heard of [await order.placed(), await order.confirmed(), order.captured(), order.accepted(), order.shipped('https://carrier.example/t/1'), order.delivered(), order.cancelled(1), order.refunded(1)]) expect(await order.hear(heard)).toBe('applied');
    await order.merchant(0);
    await order.merchant(1);
    await eventually(async () => (await kindsFor(order, order.userId)).length === 7, 10_000);
    expect(await kindsFor(order, order.userId)).toEqual(['ORDER_ACCEPTED', 'ORDER_CANCELLED', 'ORDER_DELIVERED', 'ORDER_PAID', 'ORDER_PLACED', 'ORDER_REFUNDED', 'ORDER_SHIPPED']);
    const mail = await mailAbout(order.to, 'Your order 1042 at Acme Bazaar');
    expect(mail.text).toContain('Hello Anna,');
    expect(mail.text).toContain('€1,234.50');
    expect(mail.text).toContain(`http://${order.tenant.slug}.localhost:3000/orders/1042`);
    expect((await mailAbout(order.to, 'Padma Crafts shipped')).html).toContain('<a href="https://carrier.example/t/1">');
    expect((await mailAbout(order.to, 'were cancelled')).text).toContain('Nordisk Form');
    expect((await mailAbout(order.to, 'was paid back')).text).toContain('€617.25');
    const said = (await test.running.store.outbox.pending(1_000)).map(({ envelope }) => envelope).filter(({ type, payload }) => type === 'notifications.notification-arrived' && (payload as { userId: string }).userId === order.userId);
    expect(said.map(({ payload }) => (payload as { kind: string }).kind).toSorted()).toEqual(await kindsFor(order, order.userId));
  });

  it.each([['sv', 'Din beställning 1042', '1\u00a0234,50\u00a0€'], ['bn', 'আপনার অর্ডার 1042', '১,২৩৪.৫০€']])('is told in %s, the language that the order was placed in [NOT-05]', async (locale, subject, amount) => {
    const order = await anOrder({ locale });
    await order.hear(await order.placed());
    const mail = await mailAbout(order.to, subject);
    expect(mail.text).toContain(amount);
  });

  it('reaches a guest by mail alone, with the link that opens the order', async () => {
    const order = await anOrder({ userId: null, link: '/orders/1042#key=abc.def' });
    await order.hear(await order.placed());
    expect((await mailAbout(order.to, '1042')).text).toContain(`http://${order.tenant.slug}.localhost:3000/orders/1042#key=abc.def`);
    expect(await rowsOf('notifications', order)).toEqual([]);
    expect(JSON.stringify([await rowsOf('deliveries', order), test.log])).not.toContain('abc.def');
  });

  it('never leads a mail to another site, whatever the link or the tracking address says', async () => {
    const order = await anOrder({ link: '//evil.example/orders' });
    await order.hear(await order.placed());
    await order.hear(order.shipped('javascript:alert(1)'));
    for (const words of ['Your order 1042', 'shipped goods']) {
      const { text, html } = await mailAbout(order.to, words);
      for (const evil of ['evil.example', 'javascript', 'Follow the parcel']) expect(text + html).not.toContain(evil);
    }
  });
});

describe('Merchants', () => {
  it('are told of their own sales, in their language, if they may see orders', async () => {
    const order = await anOrder();
    const [mina, other, clerk] = [await order.merchant(0, { locale: 'sv' }), await order.merchant(1), await order.merchant(0, { grants: ['catalog.manage'] })];
    for (const heard of [await order.placed(), await order.confirmed(), order.delivered(0), order.cancelled(1), order.refunded(1)]) await order.hear(heard);
    await allTold(order);
    expect(await kindsFor(order, mina.userId)).toEqual(['SALE_CONFIRMED', 'SALE_DELIVERED']);
    expect(await kindsFor(order, other.userId)).toEqual(['SALE_CANCELLED', 'SALE_CONFIRMED', 'SALE_REFUNDED']);
    expect(await kindsFor(order, clerk.userId)).toEqual([]);
    const mail = await mailAbout(mina.email, 'Ny beställning P-1001 till Padma Crafts');
    expect(mail.text).toContain('617,25\u00a0€');
    expect(await mailsTo(mina.email ?? '')).toHaveLength(1);
  });

  it('are not told what their own vendor or they themselves did', async () => {
    const order = await anOrder();
    const mina = await order.merchant(0);
    await order.hear(await order.placed());
    await order.hear(order.cancelled(0, 'VENDOR'));
    const { event, contract } = order.delivered(0);
    await order.hear({ contract, event: { ...event, actor: mina.userId } });
    await allTold(order);
    expect(await kindsFor(order, mina.userId)).toEqual([]);
  });

  it('without a proved address are told in the application alone', async () => {
    const order = await anOrder();
    const mina = await order.merchant(0, { email: null });
    const payload = { vendorId: order.parts[0]?.vendorId ?? '', slug: 'padma', name: 'Padma Crafts', status: 'APPROVED' as const, openNow: true, currency: 'EUR', score: 500 };
    const boss = await order.merchant(0, { grants: ['settings.manage'], email: null });
    await test.hear(envelopeFor(vendorApproved, order.tenant.id, { id: payload.vendorId, version: 2 }, payload), vendorApproved);
    await allTold(order);
    expect([await kindsFor(order, boss.userId), await kindsFor(order, mina.userId), await rowsOf('deliveries', order)]).toEqual([['VENDOR_APPROVED'], [], []]);
  });
});

describe('News', () => {
  it('are told once, however often the event is heard, also when the inbox forgot it', async () => {
    const order = await anOrder();
    const placed = await order.placed();
    await order.hear(placed);
    expect(await order.hear(placed)).toBe('duplicate');
    await allTold(order);
    await test.running.store.inbox.prune(new Date(Date.now() + 60_000));
    await order.hear(placed);
    await allTold(order);
    expect([await rowsOf('notifications', order), await rowsOf('deliveries', order)].map((rows) => rows.length)).toEqual([1, 1]);
    await mailAbout(order.to, '1042');
    expect(await mailsTo(order.to ?? '')).toHaveLength(1);
  });

  it('are told once by many who tell at once', async () => {
    const order = await anOrder();
    await order.hear(await order.placed());
    await Promise.all(Array.from({ length: 4 }, () => tellBatch(test.jobScope)));
    await allTold(order);
    expect([await rowsOf('notifications', order), await rowsOf('deliveries', order)].map((rows) => rows.length)).toEqual([1, 1]);
  });

  it('of an order that is not known yet wait for it, whichever event comes first', async () => {
    const order = await anOrder();
    await order.hear(order.shipped('https://carrier.example/t/2'));
    const waiting = await eventually(async () => (await rowsOf('notices', order)).find((row) => Number(row['attempts']) > 0));
    expect(await rowsOf('notifications', order)).toEqual([]);
    await order.hear(await order.changed());
    await test.edit('notices', String(waiting._id), { $set: { dueAt: new Date(0) } });
    await allTold(order);
    expect(await kindsFor(order, order.userId)).toEqual(['ORDER_SHIPPED']);
  });

  it('of long ago, and states that are said again, are told to nobody', async () => {
    const order = await anOrder();
    const [placed, confirmed] = [await order.placed(), await order.confirmed()];
    await order.hear({ ...placed, event: { ...placed.event, occurredAt: '2025-01-01T00:00:00Z' } });
    await order.hear({ ...confirmed, event: { ...confirmed.event, republished: true } });
    expect([await rowsOf('notices', order), await rowsOf('notifications', order)]).toEqual([[], []]);
    expect(await rowsOf('known_orders', order)).toHaveLength(1);
  });

  it('whose order never becomes known are dropped after days', async () => {
    const order = await anOrder();
    await order.hear(order.delivered());
    // Not before its first try is over: that one would write back what it had read.
    await eventually(async () => (await rowsOf('notices', order)).every((row) => Number(row['attempts']) > 0));
    await Promise.all((await rowsOf('notices', order)).map((row) => test.edit('notices', String(row._id), { $set: { occurredAt: new Date(0), dueAt: new Date(0) } })));
    await allTold(order);
    expect(await rowsOf('notifications', order)).toEqual([]);
  });
});

describe('Somebody who is erased', () => {
  it('leaves nothing of them behind, and is told nothing more', async () => {
    const order = await anOrder({ to: anAddress() });
    await order.hear(await order.placed());
    await allTold(order);
    await mailTo(order.to ?? '');
    const userId = order.userId ?? '';
    await test.hear(envelopeFor(userErased, order.tenant.id, { id: userId, version: 2 }, { userId }), userErased);
    await order.hear(order.accepted());
    await allTold(order);
    await test.running.store.outbox.pending(1_000);
    for (const collection of ['notifications', 'deliveries', 'known_orders', 'people']) expect((await rowsOf(collection, order)).filter((row) => row['userId'] === userId || row['sealedContact'] !== undefined)).toEqual([]);
    expect(await mailsTo(order.to ?? '')).toHaveLength(1);
  });

  it('is not known again by what their orders say later, and is told nothing of it', async () => {
    const order = await anOrder({ to: anAddress() });
    await order.hear(await order.placed());
    await allTold(order);
    await mailTo(order.to ?? '');
    const userId = order.userId ?? '';
    const erased = envelopeFor(userErased, order.tenant.id, { id: userId, version: 2 }, { userId });
    const later = new ShopOrder(test, order.tenant, { userId, to: order.to });
    await test.hear(erased, userErased);
    for (const heard of [await order.changed(), order.accepted(), await later.placed(), later.shipped('https://carrier.example/t/3')]) await order.hear(heard);
    await allTold(order);
    await test.running.store.outbox.pending(1_000);
    for (const collection of ['notifications', 'deliveries', 'known_orders']) expect((await rowsOf(collection, order)).filter((row) => row['userId'] === userId || row['sealedContact'] !== undefined || row['status'] === 'QUEUED')).toEqual([]);
    expect(await rowsOf('known_orders', order)).toHaveLength(2);
    expect(await rowsOf('deliveries', order)).toHaveLength(1);
    expect(await mailsTo(order.to ?? '')).toHaveLength(1);
  });

  it('is not told what an order says that was kept before they were known to be erased', async () => {
    const order = await anOrder({ to: anAddress() });
    const userId = order.userId ?? '';
    await test.hear(envelopeFor(userErased, order.tenant.id, { id: userId, version: 2 }, { userId }), userErased);
    await order.hear(await order.changed());
    const { sealedContact } = (await order.placed()).event.payload as { sealedContact: string };
    await test.edit('known_orders', order.orderId, { $set: { userId, sealedContact } });
    await order.hear(order.accepted());
    await allTold(order);
    expect([await rowsOf('notifications', order), await rowsOf('deliveries', order)]).toEqual([[], []]);
  });
});
