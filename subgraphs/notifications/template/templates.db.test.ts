import { newId } from '@haat/kit/id';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settledAs } from '../testing/deliveries.js';
import { anAddress, mailTo } from '../testing/mailbox.js';
import { startTestNotifications, type TestNotifications } from '../testing/test-notifications.js';
import { TemplateKind } from './template-kind.js';

let test: TestNotifications;
beforeAll(async () => { test = await startTestNotifications(); });
afterAll(() => test?.[Symbol.asyncDispose]());

const operator = testViewer(newId('usr'), ['OPERATOR']);
const saving = `mutation ($input: SaveTemplateInput!) { saveTemplate(input: $input) { __typename
  ... on Template { id kind locale version subject text html placeholders preview { subject text html } earlier { version subject } }
  ... on TemplateUnusable { message faults { part message } } ... on TemplateChanged { message template { version subject } } } }`;
const listing = `query ($first: Int, $after: String, $kind: TemplateKind) { templates(first: $first, after: $after, kind: $kind) {
  nodes { id kind locale version subject savedAt } pageInfo { hasNextPage endCursor } } }`;
const words = { kind: 'VERIFY_EMAIL', locale: 'en', subject: 'Welcome to {{marketplace}}', text: 'Dear {{name}},\n\n{{link}}' };

type Answer = Readonly<Record<string, unknown>> & { readonly __typename: string };

async function marketplace() {
  const tenant = testTenant();
  await test.open(tenant);
  return tenant;
}

async function save(tenant: ReturnType<typeof testTenant>, more: object = {}): Promise<Answer> {
  const answer = await test.ask<{ saveTemplate: Answer }>({ tenant, viewer: operator }, saving, { input: { ...words, ...more } });
  if (!answer.data?.saveTemplate) throw new Error(JSON.stringify(answer.errors));
  return answer.data.saveTemplate;
}

async function list(tenant: ReturnType<typeof testTenant>, variables: object = {}): Promise<readonly Record<string, unknown>[]> {
  const answer = await test.ask<{ templates: { nodes: Record<string, unknown>[] } }>({ tenant, viewer: operator }, listing, { ...variables });
  return answer.data?.templates.nodes ?? [];
}

describe('A template that is saved', () => {
  it('wins over the words built in, in its marketplace only, and the delivery says its version [NOT-05]', async () => {
    const [ours, theirs, to, other] = [await marketplace(), await marketplace(), anAddress(), anAddress()];
    expect(await save(ours)).toMatchObject({ __typename: 'Template', id: 'VERIFY_EMAIL:en', version: 1, placeholders: ['name', 'marketplace', 'link', 'expiresAt'] });
    const event = await test.mail(ours, { to, name: 'Anna', secret: 'own' });
    await test.mail(theirs, { to: other, secret: 'built-in' });
    expect(await mailTo(to)).toMatchObject({ subject: 'Welcome to Acme Bazaar', text: expect.stringContaining('Dear Anna,') });
    expect(await settledAs(test, event, 'SENT')).toMatchObject({ templateVersion: 1, locale: 'en' });
    expect((await mailTo(other)).subject).toBe('Confirm your e-mail address for Acme Bazaar');
    expect((await list(theirs, { kind: 'VERIFY_EMAIL' })).map(({ version }) => version)).toEqual([0, 0]);
  });

  it('is a version more each time, keeps ten before it, and one of many writers wins each [NOT-05]', async () => {
    const tenant = await marketplace();
    await Promise.all(Array.from({ length: 8 }, (_, n) => save(tenant, { subject: `Race ${n}` })));
    for (const n of [9, 10, 11, 12]) await save(tenant, { subject: `Version ${n}` });
    const last = await save(tenant, { subject: 'Version 13' });
    expect(last).toMatchObject({ version: 13, subject: 'Version 13' });
    expect((last['earlier'] as { version: number }[]).map(({ version }) => version)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  });

  it('is refused with the present words when somebody saved others meanwhile', async () => {
    const tenant = await marketplace();
    expect(await save(tenant, { expectedVersion: 0 })).toMatchObject({ version: 1 });
    expect(await save(tenant, { expectedVersion: 0, subject: 'Late' })).toMatchObject({ __typename: 'TemplateChanged', template: { version: 1, subject: words.subject } });
    expect(await save(tenant, { expectedVersion: 1, subject: 'In time' })).toMatchObject({ version: 2 });
    const race = await Promise.all([1, 2, 3].map((n) => save(tenant, { expectedVersion: 2, subject: `Third ${n}` })));
    expect(race.map((each) => each.__typename).toSorted()).toEqual(['Template', 'TemplateChanged', 'TemplateChanged']);
    expect(await save(tenant, { kind: 'SIGN_IN_CODE', text: '{{code}}', expectedVersion: 5 })).toMatchObject({ __typename: 'TemplateChanged', template: { version: 0 } });
  });

  it('shows a preview in which everything is escaped', async () => {
    const tenant = await marketplace();
    const saved = await save(tenant, { text: '<script>alert(1)</script> {{name}} {{link}}' });
    const { preview } = saved as unknown as { preview: { subject: string; text: string; html: string } };
    expect(preview.subject).toBe('Welcome to Acme Bazaar');
    expect(preview.text).toContain(`http://${tenant.slug}.localhost:3000/verify-email#token=example`);
    expect(preview.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; Anna &lt;Example&gt; <a href="http');
  });

  it('may have HTML of plain elements, with values escaped in it', async () => {
    const [tenant, to] = [await marketplace(), anAddress()];
    await save(tenant, { html: '<h1 style="color: #333">{{marketplace}}</h1><p>Dear {{name}}, <a href="{{link}}">confirm</a> {{link}}</p>' });
    await test.mail(tenant, { to, name: 'Anna & Co', secret: 'own-html' });
    const { html } = await mailTo(to);
    expect(html).toContain('<h1 style="color: #333">Acme Bazaar</h1>');
    expect(html).toContain('Dear Anna &amp; Co, <a href="http');
  });
});

describe('A template that cannot be a mail', () => {
  it.each([
    [{ text: 'No link' }, 'text', '{{link}} must be in it'],
    [{ text: '{{link}} {{code}}' }, 'text', '{{code}} cannot be filled in here'],
    [{ subject: 'Go to {{link}}' }, 'subject', '{{link}} cannot be filled in here'],
    [{ text: '{{link}} {{ name }}' }, 'text', 'double braces'],
    [{ locale: 'fr' }, 'text', 'fr is not spoken here; en, sv are'],
    [{ html: '<p>{{link}}</p><script>alert(1)</script>' }, 'html', '<script> may not be in a mail'],
  ])('is refused: %j', async (more, part, message) => {
    const tenant = await marketplace();
    expect(await save(tenant, more)).toMatchObject({ __typename: 'TemplateUnusable', faults: [{ part, message: expect.stringContaining(message) }] });
    expect((await list(tenant, { kind: 'VERIFY_EMAIL' })).map(({ version }) => version)).toEqual([0, 0]);
  });

  it.each([{ subject: 'Two\nlines' }, { subject: '' }, { subject: 'x'.repeat(201) }, { text: 'x'.repeat(10_001) }, { html: 'x'.repeat(20_001) }, { text: 'a \u0007 {{link}}' }])('is bad input: %j', async (more) => {
    const answer = await test.ask({ tenant: testTenant(), viewer: operator }, saving, { input: { ...words, ...more } });
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('The list of templates', () => {
  it('has every kind in every language spoken here, in pages', async () => {
    const tenant = await marketplace();
    const all = await list(tenant, { first: 100 });
    expect(all).toHaveLength(2 * Object.keys(TemplateKind).length);
    expect(all[0]).toMatchObject({ id: 'VERIFY_EMAIL:en', version: 0, savedAt: null });
    const answer = await test.ask<{ templates: { pageInfo: { endCursor: string } } }>({ tenant, viewer: operator }, listing, { first: 4 });
    expect((await list(tenant, { first: 100, after: answer.data?.templates.pageInfo.endCursor })).map(({ id }) => id)).toEqual(all.slice(4).map(({ id }) => id));
  });

  it.each([['a guest', undefined, 'UNAUTHENTICATED'], ['a shopper', testViewer(newId('usr'), ['SHOPPER']), 'FORBIDDEN']] as const)('and the saving of them are refused to %s', async (_, viewer, code) => {
    const tenant = testTenant();
    expect((await test.ask({ tenant, viewer }, listing)).errors?.[0]).toMatchObject({ extensions: { code } });
    expect((await test.ask({ tenant, viewer }, saving, { input: words })).errors?.[0]).toMatchObject({ extensions: { code } });
  });
});
