import { eventually } from '@haat/kit/testing/eventually';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './testing/shop.js';

describe('the page where a person pays', () => {
  let shop: Shop;
  beforeAll(async () => { shop = await openShop(); });
  afterAll(() => shop[Symbol.asyncDispose]());

  const open = (more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> => shop.stripe.paymentIntents.create({ amount: 66_760, currency: 'bdt', allowed_payment_method_types: ['card'], description: 'Order A-1', ...more });
  const read = async (path: string): Promise<string> => (await fetch(`${shop.simulator.url}${path}`)).text();
  const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> => fetch(`${shop.simulator.url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers });

  it('lists what is open in an account, with a labelled choice of cards for each', async () => {
    const intent = await open({ description: '<b>Order & "A-2"</b>' });
    expect(await read('/')).toContain('<a href="/pay/acme">acme</a>');
    const page = await read('/pay/acme');
    expect(page).toContain('BDT 667.60');
    expect(page).toContain('&#60;b&#62;Order &#38; &#34;A-2&#34;&#60;/b&#62;');
    expect(page).toContain(`<label for="c-${intent.id}">Card</label>`);
    expect(page).toMatch(/<html lang="en">[\s\S]*<meta name="viewport" content="width=device-width, initial-scale=1">[\s\S]*<main>\s*<h1>Pay at acme<\/h1>/);
    expect(await read('/pay/nordic')).toContain('Nothing is open.');
  });

  it('loads nothing from elsewhere and runs nothing', async () => {
    const response = await fetch(`${shop.simulator.url}/pay/acme`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await response.text()).match(/<(script|link|img|iframe)|https?:\/\//g)).toBeNull();
  });

  it('pays by the card that is chosen, or says why not', async () => {
    const intent = await open();
    const declined = await send(`/pay/acme/${intent.id}`, { card: 'chargeDeclined' });
    expect([declined.status, declined.headers.get('location')]).toEqual([303, `/pay/acme/${intent.id}`]);
    expect(await read(`/pay/acme/${intent.id}`)).toContain('<p class="note" role="status">Your card was declined.</p>');
    await send(`/pay/acme/${intent.id}`, { card: 'visa' });
    expect(await read(`/pay/acme/${intent.id}`)).toContain('<h1>Done</h1>');
    expect(await read('/pay/acme')).not.toContain(intent.id);
    await eventually(() => shop.types(intent.id).includes('payment_intent.succeeded'));
    expect((await send(`/pay/acme/${intent.id}`, { card: 'visa' })).status).toBe(400);
  });

  it('asks for 3-D Secure, and goes on when it is completed or failed', async () => {
    const [good, bad] = [await open(), await open()];
    expect((await send(`/pay/acme/${good.id}`, { card: 'threeDSecure2Required' })).headers.get('location')).toBe(`/pay/acme/${good.id}/authenticate`);
    const page = await read(`/pay/acme/${good.id}/authenticate`);
    expect(page).toContain('Complete authentication</button>');
    expect(page).toContain('Fail authentication</button>');
    await send(`/pay/acme/${good.id}/authenticate`, { outcome: 'complete' });
    expect(await shop.stripe.paymentIntents.retrieve(good.id)).toMatchObject({ status: 'succeeded' });
    await send(`/pay/acme/${bad.id}`, { card: '4000000000003220' });
    await send(`/pay/acme/${bad.id}/authenticate`, { outcome: 'fail' });
    expect(await read(`/pay/acme/${bad.id}`)).toContain('failed authentication');
  });

  it('sends the buyer back to the shop where the shop said where', async () => {
    const intent = await open();
    const { next_action: action } = await shop.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_threeDSecure2Required', return_url: 'https://shop.example/back?o=1' });
    const url = action?.redirect_to_url?.url ?? '';
    expect(url).toBe(`${shop.simulator.url}/pay/acme/${intent.id}/authenticate`);
    const back = await send(new URL(url).pathname, { outcome: 'complete' });
    expect(back.headers.get('location')).toBe(`https://shop.example/back?o=1&payment_intent=${intent.id}&payment_intent_client_secret=${intent.client_secret ?? ''}&redirect_status=succeeded`);
  });

  it('saves a card, and offers it when its owner pays', async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    const setup = await shop.stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card'] });
    expect(await read('/pay/acme')).toContain('Save this card');
    await send(`/pay/acme/${setup.id}`, { card: 'amex' });
    const intent = await open({ customer });
    const [, method = ''] = /value="(pm_\w+)">Saved: amex •••• 0005/.exec(await read(`/pay/acme/${intent.id}`)) ?? [];
    await send(`/pay/acme/${intent.id}`, { card: method });
    expect(await shop.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded', payment_method: method });
  });

  it('does nothing for other sites, and knows nothing of other accounts', async () => {
    const intent = await open();
    expect((await send(`/pay/acme/${intent.id}`, { card: 'visa' }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await send('/_control/faults', { kind: 'drop' })).status).toBe(415);
    for (const path of ['/pay/nobody', '/pay/nordic/' + intent.id, '/favicon.ico']) expect((await fetch(`${shop.simulator.url}${path}`)).status).toBe(404);
    expect((await fetch(`${shop.simulator.url}/_control/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"kind":"explode"}' })).status).toBe(400);
  });
});
