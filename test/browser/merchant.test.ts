import { join } from 'node:path';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { root } from '@haat/local/cli/root';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, findChromium, openBrowser } from '../support/browser.js';
import { place, readyCart, type PlacedOrder } from '../support/buy.js';
import { startProcesses, type Processes } from '../support/processes.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { demoPassword, newShopper, type Person } from '../support/sign-in.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const found = findChromium(process.env);
const title = 'file' in found ? 'in a real browser' : `not run, since ${found.why}`;

/** An order shall be on the page within two seconds; here many things run beside it. */
const orderMsMax = 2_000 * 5;
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

describe.runIf('file' in found)(`the page of a merchant, ${title}`, () => {
  let marketplace: TestMarketplace;
  let processes: Processes;
  let shop: ShopOfTwo;
  let shopper: Person;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const pageUrl = (): string => `http://acme.localhost:${new URL(processes.door.url).port}/merchant`;

  beforeAll(async () => {
    marketplace = await startTestMarketplace({ SITES: `merchant=${join(root, 'clients/merchant/dist/site')}`, OPERATIONS: join(root, 'schema/operations') }, { seeds: sellersToo });
    [processes, shop] = await Promise.all([startProcesses(marketplace, 'shared'), shopOfTwo(marketplace)]);
    shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    browser = await openBrowser('file' in found ? found.file : '');
    page = await (await browser.newContext({ viewport: desktop, locale: 'en-GB', timezoneId: 'Asia/Dhaka', acceptDownloads: true })).newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', ({ message }) => complaints.push(message));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await processes?.close();
    await marketplace?.close();
  });

  /** Paid at the door, so that it is the vendor's to do at once; by a gateway that nobody kills. */
  const order = async (): Promise<{ readonly placed: PlacedOrder; readonly number: string }> => {
    const offer = shop.offers[0];
    if (!offer) throw new Error('There is no offer.');
    const cart = await readyCart(marketplace.door, shopper, [{ offer, quantity: 2 }]);
    const placed = await place(marketplace.door, shopper, cart, { payWith: 'CASH_ON_DELIVERY', idempotencyKey: newId('req') });
    return { placed, number: placed.vendorOrders[0]?.number ?? '' };
  };
  const row = (number: string) => page.locator('.orders li', { hasText: number });
  const statusIs = (status: string) => page.locator(`.live-mark[data-status=${status}]`).waitFor();
  const choose = async (label: string, option: string): Promise<void> => {
    await page.getByRole('button', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };
  let first = '';

  it('says what is wrong with a sign-in, then signs in and speaks the person\'s own language', async () => {
    await page.goto(pageUrl());
    await page.getByLabel('E-mail address').fill('merchant@acme.example');
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toBe('E-mail address or password is wrong.');
    await page.getByLabel('Password').fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'অর্ডার', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('bn');
    await page.getByRole('button', { name: 'সেটিংস' }).click();
    await choose('ভাষা', 'English');
    await page.keyboard.press('Escape');
    await choose('Shop', 'Padma Crafts');
    await page.getByText('Nothing to do.').waitFor();
    await statusIs('live');
  });

  it('shows an order that somebody places while it is open', async () => {
    const { number } = await order();
    await row(number).waitFor({ timeout: orderMsMax });
    expect(await row(number).locator('.badge').textContent()).toBe('New');
    first = number;
  });

  it('accepts it, sends it, and links to its label', async () => {
    await row(first).getByRole('link').click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await row(first).locator('.badge', { hasText: 'To send' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    // Shipping hears of it a moment later, and says so until then; the same box sends it afterwards.
    await eventually(async () => {
      if (await page.getByRole('dialog').isVisible()) await page.getByRole('button', { name: 'Send and make the label' }).click();
      const outcome = page.getByRole('link', { name: 'Label (PDF)' }).or(page.getByRole('dialog').getByRole('alert'));
      await outcome.first().waitFor();
      return (await page.getByRole('link', { name: 'Label (PDF)' }).isVisible()) || undefined;
    }, 30_000);
    const label = await processes.door.fetch((await page.getByRole('link', { name: 'Label (PDF)' }).getAttribute('href')) ?? '', { headers: { host: 'acme.localhost' } });
    expect([label.status, label.headers['content-type'], label.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    await page.getByRole('button', { name: 'It left the shop' }).click();
    await page.locator('article header .badge', { hasText: 'Sent' }).waitFor();
  }, 60_000);

  it('goes on after its gateway was killed: it says so, and misses and doubles nothing', async () => {
    await page.getByRole('link', { name: 'Orders' }).click();
    const before = await order();
    await row(before.number).waitFor({ timeout: orderMsMax });
    await processes.kill('gateway');
    await statusIs('reconnecting');
    await page.getByText('The connection is lost; trying again.').waitFor();
    const missed = [await order(), await order()];
    await processes.startAgain('gateway');
    const after = await order();
    for (const { number } of [...missed, after]) await row(number).waitFor({ timeout: 30_000 });
    await statusIs('live');
    const shown = await page.locator('.orders li strong').allTextContents();
    expect(shown.toSorted()).toEqual([before, ...missed, after].map(({ number }) => number).toSorted());
  }, 180_000);

  it('says that the device is offline, and fails an action without losing it', async () => {
    await row((await page.locator('.orders li strong').first().textContent()) ?? '').getByRole('link').click();
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await page.context().setOffline(true);
    await statusIs('offline');
    await page.getByRole('button', { name: 'Accept' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Nothing is lost');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.locator('article .badge', { hasText: 'To send' }).waitFor();
  }, 60_000);

  it('rejects an order by the keyboard alone, with a reason that the history has', async () => {
    const reject = page.getByRole('button', { name: 'Reject', exact: true });
    await reject.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('The last one broke');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('article .badge', { hasText: 'Cancelled' }).first().waitFor();
    await page.locator('.history q', { hasText: 'The last one broke' }).first().waitFor();
  });

  it('counts a shelf, and shows it as it is then', async () => {
    await page.getByRole('link', { name: 'Stock' }).click();
    const shelf = page.locator(`[data-offer="${shop.offers[0]?.offerId}"]`);
    await shelf.getByRole('button').click();
    await page.getByRole('textbox', { name: 'Pieces on the shelf' }).fill('700');
    await page.getByLabel('Why the number').fill('Counted in the evening');
    await page.getByRole('button', { name: 'Save the count' }).click();
    await shelf.locator('dd', { hasText: '700' }).first().waitFor();
  });

  it('imports a file and shows how far it is', async () => {
    await page.getByRole('link', { name: 'Import' }).click();
    const rows = Array.from({ length: 30 }, (_, n) => `B-${n},Thing ${n},nothing-known`);
    await page.setInputFiles('input[type=file]', { name: 'things.csv', mimeType: 'text/csv', buffer: Buffer.from(['sku,title,productType', ...rows].join('\n')) });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('30 of 30 rows').first().waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the refused rows' }).click();
    expect((await saving).suggestedFilename()).toBe('import-errors.csv');
  }, 60_000);

  it.each([
    ['desktop, light, English', desktop, 'light', 'en'], ['desktop, dark, English', desktop, 'dark', 'en'],
    ['phone, light, Bengali', phone, 'light', 'bn'], ['phone, dark, Bengali', phone, 'dark', 'bn'],
  ] as const)('has no serious barrier: %s', async (_, size, colorScheme, language) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(`localStorage.setItem('haat.language', '${language}')`);
    await page.goto('about:blank');
    await page.goto(pageUrl());
    const barriers: string[] = [];
    const look = async (): Promise<void> => void barriers.push(...(await barriersOn(page)));
    await page.locator('.orders a').first().waitFor();
    await statusIs('live');
    await look();
    await page.locator('.orders a').first().click();
    await page.locator('article .actions button').last().click();
    await page.getByRole('dialog').waitFor();
    await look();
    await page.keyboard.press('Escape');
    for (const [part, ready] of [['stock', '.shelves li'], ['import', '.choose-file']] as const) {
      await page.locator(`nav a[href="#/${part}"]`).click();
      await page.locator(ready).first().waitFor();
      await look();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${part} is no wider than the screen`).toBe(true);
    }
    expect(barriers).toEqual([]);
  }, 60_000);

  it('stays signed in when it is loaded anew while it renews its session, twice', async () => {
    let answered = 0;
    // The door is asked and answers; the page that asked is gone before it could read it.
    await page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('RefreshSession')) return route.continue();
      const { 'content-length': _, ...headers } = route.request().headers();
      await processes.door.fetch('/graphql', { method: 'POST', headers: { ...headers, host: 'acme.localhost' }, body });
      answered += 1;
    });
    for (const times of [1, 2]) {
      await page.reload();
      await eventually(() => answered === times);
    }
    await page.unroute('**/graphql');
    await page.reload();
    await page.locator('nav a[href="#/orders"]').waitFor();
  });

  it('goes on signed in when it is loaded anew, and forgets all when one signs out', async () => {
    await page.goto(`${pageUrl()}#/orders`);
    await page.locator('.orders a').first().waitFor();
    await page.locator('button.icon').click();
    await page.getByRole('button', { name: 'প্রস্থান' }).click();
    await page.getByRole('heading', { name: 'প্রবেশ করুন' }).waitFor();
    expect(await page.evaluate('localStorage.getItem("haat.refresh")')).toBe(null);
    expect(await barriersOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
