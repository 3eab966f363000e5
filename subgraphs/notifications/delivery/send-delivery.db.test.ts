import { mailSecretIssued, userErased } from '@haat/schema/events/identity';
import { tenantChanged, tenantOpened } from '@haat/schema/events/tenants';
import { eventually } from '@haat/kit/testing/eventually';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smtpOf } from '../mail/smtp.js';
import { deliveryOf, settledAs } from '../testing/deliveries.js';
import { anAddress, mailsTo, mailTo, sourceOf } from '../testing/mailbox.js';
import { envelopeFor } from '../testing/neighbours.js';
import { startTestNotifications, testSmtpUrl, type TestNotifications } from '../testing/test-notifications.js';
import { forgetDeliveries } from './forget-deliveries.js';
import { deliveryId } from './queue-delivery.js';
import { sendBatch } from './send-due-deliveries.js';

let test: TestNotifications;
beforeAll(async () => { test = await startTestNotifications(); });
afterAll(() => test?.[Symbol.asyncDispose]());

/** A marketplace that is known already. */
async function marketplace(facts: { readonly name?: string; readonly locales?: readonly string[]; readonly status?: 'OPEN' | 'CLOSED' } = {}) {
  const { locales = ['en', 'sv'], ...rest } = facts;
  const tenant = testTenant({ locales: [...locales], timeZone: 'Asia/Dhaka' });
  await test.open(tenant, rest);
  return tenant;
}

describe('A mail that identity wants sent', () => {
  it('reaches its reader as text and HTML, in their language, with a link from the configuration [NOT-01, NOT-11]', async () => {
    const [tenant, to] = [await marketplace({ name: 'Nordisk Marknad' }), anAddress()];
    const event = await test.mail(tenant, { to, name: 'Åsa', secret: 's3cret+/=', locale: 'sv-SE', expiresAt: new Date(Date.now() + 86_400_000) });
    const mail = await mailTo(to);
    const link = `http://${tenant.slug}.localhost:3000/verify-email#token=s3cret%2B%2F%3D`;
    expect(mail).toMatchObject({ subject: 'Bekräfta din e-postadress hos Nordisk Marknad', to: [{ address: to, name: 'Åsa' }], from: [{ address: 'no-reply@haat.example', name: 'Nordisk Marknad' }] });
    expect(mail.text).toContain('Hej Åsa!');
    expect(mail.text).toContain(link);
    expect(mail.html).toContain(`<a href="${link}">`);
    expect(mail.html).toContain('<html lang="sv" dir="ltr">');
    const row = await settledAs(test, event, 'SENT');
    expect(row).toMatchObject({ recipient: 'a…@s….example', attempts: 1, locale: 'sv', templateVersion: 0, providerId: expect.stringMatching(/^\w{8}$/) });
    expect(await sourceOf(mail)).toContain(`<${row._id}@haat.example>`);
  });

  it.each([
    ['VERIFY_EMAIL', 'verify-email#token=one-2-three'], ['RESET_PASSWORD', 'reset-password#token=one-2-three'], ['INVITATION', 'accept-invitation#token=one-2-three'],
  ] as const)('of kind %s brings its link', async (kind, page) => {
    const [tenant, to] = [await marketplace(), anAddress()];
    await test.mail(tenant, { kind, to, secret: 'one-2-three' });
    expect((await mailTo(to)).text).toContain(`http://${tenant.slug}.localhost:3000/${page}\n`);
  });

  it.each([
    ['en', 'work for Padma Crafts at'], ['sv', 'arbeta för Padma Crafts hos'], ['bn', 'Padma Crafts-এর হয়ে'],
  ])('invites to work for a vendor, in %s, and brings the link [VEN-09]', async (locale, words) => {
    const [tenant, to] = [await marketplace({ locales: ['en', 'sv', 'bn'] }), anAddress()];
    await test.invite(tenant, { to, secret: 'one-2-three', vendorName: 'Padma Crafts', locale });
    const { text } = await mailTo(to);
    expect(text).toContain(words);
    expect(text).toContain(`http://${tenant.slug}.localhost:3000/join-vendor#token=one-2-three\n`);
  });

  it('leaves out a vendor\'s name that is more than a name', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    await test.invite(tenant, { to, secret: 'one-2-three', vendorName: 'Win at evil.example', locale: 'en' });
    expect((await mailTo(to)).text).not.toContain('evil');
  });

  it('brings a sign-in code, in the body only [NOT-10]', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    await test.mail(tenant, { kind: 'SIGN_IN_CODE', to, secret: '482913' });
    const mail = await mailTo(to);
    expect(mail.text).toContain('\n482913\n');
    expect(mail.html).toContain('482913');
    expect(mail.subject).not.toContain('482913');
  });

  it('that only tells needs no secret and does not grow old', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    await test.mail(tenant, { kind: 'ALREADY_REGISTERED', to, expiresAt: new Date(0) });
    expect((await mailTo(to)).text).toMatch(/\/sign-in\n/);
  });

  it('is sent once, however often the event is heard, also when the inbox forgot it [NOT-11]', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    const event = await test.mail(tenant, { to, secret: 'once' });
    expect(await test.hear(event, mailSecretIssued)).toBe('duplicate');
    await settledAs(test, event, 'SENT');
    await test.running.store.inbox.prune(new Date(Date.now() + 60_000));
    await test.hear(event, mailSecretIssued);
    expect((await test.raw('deliveries')).filter((row) => row['tenantId'] === tenant.id)).toHaveLength(1);
    expect(await mailsTo(to)).toHaveLength(1);
  });

  it('is sent once by many senders at once [NOT-07]', async () => {
    const [tenant, addresses] = [await marketplace(), Array.from({ length: 12 }, anAddress)];
    const send = smtpOf(testSmtpUrl());
    await Promise.all(addresses.map((to) => test.mail(tenant, { to, secret: 'many' })));
    for (const _ of [1, 2]) await Promise.all(Array.from({ length: 4 }, () => sendBatch(test.jobScope, send)));
    await eventually(async () => (await test.raw('deliveries')).every((row) => row['tenantId'] !== tenant.id || row['status'] === 'SENT'));
    expect(await Promise.all(addresses.map(async (to) => (await mailsTo(to)).length))).toEqual(addresses.map(() => 1));
  });

  it('cannot be opened, and is an error, when it was sealed for another marketplace', async () => {
    const [ours, theirs] = [await marketplace(), await marketplace()];
    const event = await test.wanted(theirs, { to: anAddress(), secret: 'theirs' });
    await expect(test.hear({ ...event, tenantId: ours.id }, mailSecretIssued)).rejects.toThrow('Sealed for another');
    expect((await test.raw('deliveries')).filter((row) => row['tenantId'] === ours.id)).toEqual([]);
  });
});

describe('What a mail says', () => {
  it('has names as text: no header, no markup, no placeholder comes of them', async () => {
    const [tenant, to] = [await marketplace({ name: 'A & B <Bazaar>\r\nBcc: evil@evil.example' }), anAddress()];
    await test.mail(tenant, { to, name: '<b>Eve</b> {{link}}\r\nBcc: evil@evil.example', secret: 'safe' });
    const mail = await mailTo(to);
    expect(mail.envelope.to).toHaveLength(1);
    expect(mail.headers).not.toHaveProperty('bcc');
    expect(mail.html).toContain('A &amp; B &lt;Bazaar&gt;');
    expect(mail.html).not.toContain('<b>Eve');
    expect(mail.text).toMatch(/^Hello,\n/);
    const headers = (await sourceOf(mail)).split('\r\n\r\n')[0] ?? '';
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(headers).toContain('Auto-Submitted: auto-generated');
  });

  it.each(['not an address', 'a@b.example\r\nBcc: evil@evil.example', 'a@b.example, evil@evil.example', 'a@b.example> SIZE=1'])('goes to nobody when the address is %j', async (to) => {
    const tenant = await marketplace();
    const event = await test.mail(tenant, { to, secret: 'nowhere' });
    expect(await deliveryOf(test, event)).toMatchObject({ status: 'FAILED', reason: 'The recipient is not an e-mail address.', attempts: 0, recipient: '…' });
    await test.running.store.outbox.pending(100);
    expect((await test.raw('outbox')).filter((row) => row['tenantId'] === tenant.id)).toHaveLength(1);
  });

  it.each([
    ['bn', ['en', 'sv'], 'bn'], ['bn-BD', ['en'], 'bn'], ['fr', ['sv', 'en'], 'sv'], ['fr', ['de'], 'en'], ['fr', ['sv-FI'], 'sv'], ['../en', ['en'], 'en'],
  ])('is said to a reader of %s, where %j are spoken, in %s [NOT-05]', async (locale, locales, said) => {
    const [tenant, to] = [await marketplace({ locales }), anAddress()];
    await test.mail(tenant, { to, secret: 'words', locale });
    expect((await mailTo(to)).html).toContain(`<html lang="${said}"`);
  });
});

describe('A mail that is not sent', () => {
  it('is one whose secret is no longer good, or whose marketplace is closed', async () => {
    const [tenant, closed, to] = [await marketplace(), await marketplace({ status: 'CLOSED' }), anAddress()];
    const late = await test.mail(tenant, { to, secret: 'late', expiresAt: new Date(Date.now() - 1) });
    const gone = await test.mail(closed, { to, secret: 'gone' });
    expect(await settledAs(test, late, 'SUPPRESSED')).toMatchObject({ reason: 'What the mail brings is no longer good.' });
    expect(await settledAs(test, gone, 'SUPPRESSED')).toMatchObject({ reason: 'The marketplace is closed.' });
    expect(await mailsTo(to)).toEqual([]);
  });

  it('waits until its marketplace is known', async () => {
    const [tenant, to] = [testTenant(), anAddress()];
    const event = await test.mail(tenant, { to, secret: 'early' });
    await eventually(async () => (await deliveryOf(test, event))?.['reason'] === 'The marketplace is not known here yet.');
    await test.open(tenant);
    await test.edit('deliveries', String((await deliveryOf(test, event))?._id), { $set: { dueAt: new Date(0) } });
    expect((await mailTo(to)).subject).toContain('Acme Bazaar');
  });

  it('is forgotten with its recipient', async () => {
    const [tenant, unknown] = [await marketplace(), testTenant()];
    const sent = await test.mail(tenant, { to: anAddress(), secret: 'sent', userId: 'usr_one' });
    await settledAs(test, sent, 'SENT');
    const waiting = await test.mail(unknown, { to: anAddress(), secret: 'waits', userId: 'usr_one' });
    for (const { id } of [tenant, unknown]) await test.hear(envelopeFor(userErased, id, { id: 'usr_one', version: 2 }, { userId: 'usr_one' }), userErased);
    expect(await deliveryOf(test, sent)).toMatchObject({ status: 'SENT', recipient: '…' });
    expect(await deliveryOf(test, waiting)).toMatchObject({ status: 'SUPPRESSED', recipient: '…' });
    expect(await test.raw('deliveries')).not.toContainEqual(expect.objectContaining({ userId: 'usr_one' }));
  });
});

describe('Secrets', () => {
  it('are in no log line and, once sent, in no document, sealed or not', async () => {
    const [tenant, to, secret] = [await marketplace(), anAddress(), 'Xq7-never-in-a-log-9Z'];
    const event = await test.mail(tenant, { to, name: 'Anna Secretname', secret });
    await settledAs(test, event, 'SENT');
    const everything = `${test.log.join('')}${JSON.stringify(await test.raw('deliveries'))}${JSON.stringify(await test.raw('outbox'))}${JSON.stringify(await test.raw('inbox'))}`;
    expect(test.log.join('')).toContain('A mail was sent.');
    for (const hidden of [secret, to, 'Secretname', (event.payload as { sealed: string }).sealed]) expect(everything).not.toContain(hidden);
  });
});

describe('A settled delivery', () => {
  it('is forgotten when its time is over, and not before', async () => {
    const tenant = await marketplace();
    const [old, young] = [await test.mail(tenant, { to: 'nobody', secret: 'old' }), await test.mail(tenant, { to: 'nobody', secret: 'young' })];
    await test.running.store.outbox.pending(100);
    await test.edit('deliveries', deliveryId(old), { $set: { forgetAt: new Date(0) } });
    await forgetDeliveries.run(test.jobScope);
    expect(await deliveryOf(test, old)).toBeUndefined();
    expect(await deliveryOf(test, young)).toBeDefined();
  });
});

describe('What is known of a marketplace', () => {
  it('is its latest state, whichever event comes first', async () => {
    const tenant = testTenant();
    const payload = { tenantId: tenant.id, slug: tenant.slug, name: 'Later', status: 'OPEN', currency: 'EUR', locales: ['en'], timeZone: 'UTC', plan: 'FREE', features: [], limits: {}, hosts: [] } as const;
    const state = { ...payload, locales: ['en'], features: [], hosts: [] };
    await test.hear(envelopeFor(tenantChanged, tenant.id, { id: tenant.id, version: 3 }, state), tenantChanged);
    await test.hear(envelopeFor(tenantOpened, tenant.id, { id: tenant.id, version: 1 }, { ...state, name: 'Earlier' }), tenantOpened);
    expect((await test.raw('marketplaces')).find((row) => (row._id as unknown) === tenant.id)).toMatchObject({ name: 'Later', tenantVersion: 3 });
  });
});
