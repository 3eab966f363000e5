import { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import type { Desk } from '../desk.js';
import { openDispute, closeDispute } from '../disputes/open-dispute.js';
import { jsonAnswer, type Answer, type Incoming } from '../incoming.js';
import { faultRequest } from '../faults.js';
import { cancelWith } from '../intents/cancel-intent.js';
import { changeIntent } from '../intents/change-intent.js';
import { authenticateIntent, settleIntent } from '../intents/finish-intent.js';
import { idOf } from '../intents/id-of.js';
import { kindOf } from '../kinds.js';
import { payIntent } from '../page/pay-intent.js';
import { endRefund } from '../refunds/end-refund.js';
import { missing, StripeRefusal } from '../refusal.js';
import { authenticateSetup } from '../setups/confirm-setup.js';

type Control = (desk: Desk, id: string, body: unknown) => unknown;
const none = z.strictObject({});

/** What can be told, by method and path below `/_control`. */
const controls: readonly (readonly [method: string, path: RegExp, control: Control])[] = [
  ['GET', /^\/accounts$/, (desk) => [...desk.accounts.values()].map(({ settings: { name, secretKey, publishableKey }, webhookUrl, webhookSecrets }) => ({ name, secretKey, publishableKey, webhookUrl: webhookUrl ?? null, webhookSecrets }))],
  ['POST', /^\/accounts\/([\w-]+)$/, changeAccount],
  ['GET', /^\/requests$/, (desk) => desk.requests],
  ['DELETE', /^\/requests$/, (desk) => void desk.requests.splice(0)],
  ['GET', /^\/deliveries$/, (desk) => desk.webhooks.deliveries],
  ['DELETE', /^\/deliveries$/, (desk) => void desk.webhooks.deliveries.splice(0)],
  ['GET', /^\/faults$/, (desk) => desk.faults.list()],
  ['POST', /^\/faults$/, (desk, _, body) => desk.faults.add(faultRequest.parse(body))],
  ['DELETE', /^\/faults$/, (desk) => desk.faults.clear()],
  ['POST', /^\/webhooks\/release$/, (desk) => desk.webhooks.release()],
  ['POST', /^\/events\/(evt_\w+)\/resend$/, resend],
  ['POST', /^\/intents\/(\w+)\/pay$/, (desk, id, body) => during(desk, id, (books) => payIntent(books, id, z.strictObject({ card: z.string(), returnUrl: z.string().optional() }).parse(body)))],
  ['POST', /^\/intents\/(\w+)\/authenticate$/, authenticate],
  ['POST', /^\/intents\/(pi_\w+)\/change$/, change],
  ['POST', /^\/intents\/(pi_\w+)\/settle$/, (desk, id, body) => during(desk, id, (books) => settleIntent(books, id, z.strictObject({ paid: z.boolean() }).parse(body).paid))],
  ['POST', /^\/intents\/(pi_\w+)\/cancel$/, (desk, id, body) => during(desk, id, (books) => cancelWith(books, books.get('payment_intent', id), z.strictObject({ reason: z.string().default('abandoned') }).parse(body).reason))],
  ['POST', /^\/intents\/(pi_\w+)\/expire$/, (desk, id, body) => during(desk, id, (books) => cancelWith(books, books.get('payment_intent', id), none.parse(body) && 'automatic'))],
  ['POST', /^\/disputes$/, dispute],
  ['POST', /^\/disputes\/(du_\w+)\/close$/, (desk, id, body) => during(desk, id, (books) => closeDispute(books, id, z.strictObject({ status: z.enum(['won', 'lost']) }).parse(body).status))],
  ['POST', /^\/refunds\/(re_\w+)$/, refund],
];

/** Answers a request below `/_control`. */
export function serveControl(desk: Desk, { method, path, headers, body }: Incoming): Answer {
  for (const [wanted, pattern, control] of controls) {
    const match = method === wanted ? pattern.exec(path.slice('/_control'.length)) : null;
    if (!match) continue;
    // A page of another site cannot send this type without asking, and is never let.
    if (method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? '')) return jsonAnswer(415, { error: { message: 'Send application/json.' } });
    return outcome(() => control(desk, match[1] ?? '', body === '' ? {} : JSON.parse(body)));
  }
  return jsonAnswer(404, { error: { message: `There is no ${method} ${path}. See infra/local/stripe/README.md.` } });
}

function outcome(work: () => unknown): Answer {
  try {
    return jsonAnswer(200, work() ?? {});
  } catch (error) {
    if (error instanceof StripeRefusal) return jsonAnswer(error.status, { error: error.facts });
    if (error instanceof z.ZodError || error instanceof SyntaxError) return jsonAnswer(400, { error: { message: error instanceof z.ZodError ? z.prettifyError(error) : error.message } });
    throw error;
  }
}

/** Does something in the account that has the thing, of its own accord. */
function during<T>(desk: Desk, id: string, work: (books: AccountBooks) => T): T {
  const kind = kindOf(id);
  const owner = kind && [...desk.accounts.values()].find((books) => books.all(kind).some((one) => one.id === id));
  if (!owner) throw missing('object', id);
  return owner.during({ id: null, idempotency_key: null }, () => work(owner));
}

function changeAccount(desk: Desk, name: string, body: unknown): unknown {
  const { webhookUrl, webhookSecrets } = z.strictObject({ webhookUrl: z.url().optional(), webhookSecrets: z.array(z.string().min(1)).min(1).max(5).optional() }).parse(body);
  const books = desk.accounts.get(name);
  if (!books) throw missing('account', name);
  books.webhookUrl = webhookUrl ?? books.webhookUrl;
  books.webhookSecrets = webhookSecrets ?? books.webhookSecrets;
  if (webhookUrl !== undefined) desk.webhooks.addressed(books);
  return { name, webhookUrl: books.webhookUrl ?? null, webhookSecrets: books.webhookSecrets };
}

function resend(desk: Desk, id: string): unknown {
  return during(desk, id, (books) => {
    const event = books.get('event', id);
    desk.webhooks.resend(books, event);
    return event;
  });
}

function authenticate(desk: Desk, id: string, body: unknown): unknown {
  const { done } = z.strictObject({ done: z.boolean() }).parse(body);
  return during(desk, id, (books) => (kindOf(id) === 'setup_intent' ? authenticateSetup(books, id, done) : authenticateIntent(books, id, done)));
}

function change(desk: Desk, id: string, body: unknown): unknown {
  const { amount, currency } = z.strictObject({ amount: z.number().int().optional(), currency: z.string().optional() }).parse(body);
  const form = { ...(amount !== undefined && { amount: String(amount) }), ...(currency !== undefined && { currency }) };
  return during(desk, id, (books) => changeIntent({ books, form, id, other: '', isPublic: false }));
}

function dispute(desk: Desk, _: string, body: unknown): unknown {
  const { intent: id, reason, amount } = z.strictObject({ intent: z.string(), reason: z.string().optional(), amount: z.number().int().min(1).optional() }).parse(body);
  return during(desk, id, (books) => {
    const charge = books.get('charge', idOf(books.get('payment_intent', id).latest_charge) ?? '');
    return openDispute(books, charge, { reason, amount });
  });
}

function refund(desk: Desk, id: string, body: unknown): unknown {
  const { status, reason } = z.strictObject({ status: z.enum(['succeeded', 'failed']), reason: z.string().optional() }).parse(body);
  return during(desk, id, (books) => endRefund(books, id, status, reason));
}
