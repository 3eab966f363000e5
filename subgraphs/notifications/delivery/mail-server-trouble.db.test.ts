import { fork } from 'node:child_process';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryOf, makeDue, settledAs } from '../testing/deliveries.js';
import { shutDoor } from '../testing/door.js';
import { anAddress, mailsTo, sourceOf } from '../testing/mailbox.js';
import { scriptedSmtp } from '../testing/scripted-smtp.js';
import { startTestNotifications, testSmtpUrl, type TestNotifications } from '../testing/test-notifications.js';
import { attemptsMax } from './back-off.js';
import { deliveryId } from './queue-delivery.js';

async function marketplace(test: TestNotifications) {
  const tenant = testTenant();
  await test.open(tenant);
  return tenant;
}

const failedOnce = (test: TestNotifications, event: Parameters<typeof deliveryOf>[1]) => eventually(async () => {
  const row = await deliveryOf(test, event);
  return row?.['reason'] && !row['claim'] ? row : undefined;
});

/** A mail handed to a server that says nothing at all, and what becomes of it. */
async function silence() {
  const smtp = await scriptedSmtp({ greeting: '' });
  const test = await startTestNotifications({ smtpUrl: smtp.url });
  const event = await test.mail(await marketplace(test), { to: anAddress(), secret: 'silence' });
  const close = async () => {
    await test[Symbol.asyncDispose]();
    await smtp[Symbol.asyncDispose]();
  };
  return { left: failedOnce(test, event), close };
}

describe('A mail server', () => {
  let silent: Awaited<ReturnType<typeof silence>>;
  // Silence takes its seconds while the others are tested.
  beforeAll(async () => { silent = await silence(); });
  afterAll(() => silent?.close());

  it('that is down and comes back has each mail delivered once [NOT-08]', async () => {
    await using door = await shutDoor(testSmtpUrl());
    await using test = await startTestNotifications({ smtpUrl: door.url });
    const [tenant, to] = [await marketplace(test), anAddress()];
    const event = await test.mail(tenant, { to, secret: 'patient' });
    const row = await failedOnce(test, event);
    expect(row).toMatchObject({ status: 'QUEUED', attempts: 1, reason: expect.stringContaining('ECONNREFUSED') });
    expect(row['dueAt'].getTime() - Date.now()).toBeGreaterThan(2_000);
    await door.open();
    await makeDue(test, event);
    expect(await settledAs(test, event, 'SENT')).toMatchObject({ attempts: 2 });
    expect(await mailsTo(to)).toHaveLength(1);
    expect(await deliveryOf(test, event)).not.toHaveProperty('reason');
  });

  it('that refuses a recipient for good is not asked again, and the reason is kept without the address [NOT-07, NOT-08]', async () => {
    await using smtp = await scriptedSmtp({ recipient: (command) => `550 5.1.1 ${command.slice(8)} is unknown here` });
    await using test = await startTestNotifications({ smtpUrl: smtp.url });
    const tenant = await marketplace(test);
    const event = await test.mail(tenant, { to: 'nobody@strange.example', secret: 'refused', userId: 'usr_two' });
    const row = await settledAs(test, event, 'FAILED');
    expect(row).toMatchObject({ attempts: 1, reason: '550 5.1.1 <n…@s….example> is unknown here' });
    for (const field of ['sealed', 'dueAt', 'claim']) expect(row).not.toHaveProperty(field);
    expect(smtp.recipients()).toBe(1);
    await test.running.store.outbox.pending(10);
    const [said] = (await test.raw('outbox')).map((each) => JSON.parse(String(each['body'])) as { type: string; payload: unknown; aggregate: unknown });
    expect(said).toMatchObject({ type: 'notifications.delivery-failed', aggregate: { id: deliveryId(event), version: 3 }, payload: { deliveryId: deliveryId(event), kind: 'VERIFY_EMAIL', userId: 'usr_two', attempts: 1 } });
    expect(test.log.join('')).not.toContain('nobody@');
  });

  it.each([
    ['refuses for now', { recipient: () => '451 4.7.1 Come back later' }, '451 4.7.1 Come back later'],
    ['will not talk at all', { greeting: '554 5.3.2 Not today' }, '554 5.3.2 Not today'],
    ['says our secret back', { message: (content: string) => `450 4.0.0 I do not like ${/^(\d{6})$/m.exec(content)?.[1]}` }, '450 4.0.0 I do not like …'],
  ])('that %s is asked again', async (_, script, reason) => {
    await using smtp = await scriptedSmtp(script);
    await using test = await startTestNotifications({ smtpUrl: smtp.url });
    const event = await test.mail(await marketplace(test), { kind: 'SIGN_IN_CODE', to: anAddress(), secret: '482913' });
    const row = await failedOnce(test, event);
    expect(row).toMatchObject({ status: 'QUEUED', attempts: 1 });
    expect(row['reason']).toContain(reason);
    expect(test.log.join('')).not.toContain('482913');
  });

  it('that never comes back is given up after so many attempts [NOT-08]', async () => {
    await using door = await shutDoor(testSmtpUrl());
    await using test = await startTestNotifications({ smtpUrl: door.url });
    const event = await test.mail(await marketplace(test), { to: anAddress(), secret: 'hopeless', expiresAt: new Date(Date.now() + 7 * 86_400_000) });
    await failedOnce(test, event);
    await test.edit('deliveries', deliveryId(event), { $set: { attempts: attemptsMax - 1, dueAt: new Date(0) } });
    expect(await settledAs(test, event, 'FAILED')).toMatchObject({ attempts: attemptsMax });
  });

  it('is not to blame for a mail that cannot be opened: it ends as failed, and keeps no other waiting', async () => {
    await using test = await startTestNotifications();
    const [tenant, unknown, to] = [await marketplace(test), testTenant(), anAddress()];
    const event = await test.mail(unknown, { to: anAddress(), secret: 'broken' });
    await failedOnce(test, event);
    await test.edit('deliveries', deliveryId(event), { $set: { 'sealed.text': 'e.y.J', dueAt: new Date(0) } });
    await test.open(unknown);
    await eventually(() => test.log.some((line) => line.includes('A delivery could not be worked on.')));
    await settledAs(test, await test.mail(tenant, { to, secret: 'whole' }), 'SENT');
    await test.edit('deliveries', deliveryId(event), { $set: { attempts: attemptsMax, dueAt: new Date(0) } });
    expect(await settledAs(test, event, 'FAILED')).not.toHaveProperty('sealed');
  });

  it('that took a mail before its sender died gets it again under the same Message-ID, and no third time', async () => {
    await using door = await shutDoor(testSmtpUrl());
    await using test = await startTestNotifications({ smtpUrl: door.url });
    const [tenant, to] = [await marketplace(test), anAddress()];
    const event = await test.mail(tenant, { to, secret: 'twice' });
    await failedOnce(test, event);
    await test.running.close();
    await makeDue(test, event);
    const child = fork(new URL('../testing/dying-child.js', import.meta.url), ['notifications/smtp:after'], { env: { ...process.env, ...test.env, SMTP_URL: testSmtpUrl() }, stdio: 'inherit' });
    const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    expect(await mailsTo(to)).toHaveLength(1);
    expect(await deliveryOf(test, event)).toMatchObject({ status: 'QUEUED', attempts: 2 });
    await door.open();
    // Whoever was killed gave nothing back: its leases end by the clock, here at once.
    for (const { _id } of await test.raw('leases')) await test.edit('leases', String(_id), { $set: { until: new Date(0) } });
    await test.again();
    await makeDue(test, event);
    expect(await settledAs(test, event, 'SENT')).toMatchObject({ attempts: 3 });
    const sources = await Promise.all((await mailsTo(to)).map(sourceOf));
    const ids = sources.map((source) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
    expect(ids).toEqual([`<${deliveryId(event)}@haat.example>`, `<${deliveryId(event)}@haat.example>`]);
  });

  it('that says nothing at all is left after some seconds, and asked again', async () => {
    expect(await silent.left).toMatchObject({ status: 'QUEUED', attempts: 1 });
  });
});
