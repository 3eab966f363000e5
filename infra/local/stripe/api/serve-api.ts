import { randomLetters } from '../new-id.js';
import type { Answer, Incoming } from '../incoming.js';
import { jsonAnswer } from '../incoming.js';
import { note, type Desk, type NotedRequest } from '../desk.js';
import type { AccountBooks } from '../account-books.js';
import type { RequestFault } from '../faults.js';
import { publicView } from '../intents/read-intents.js';
import { notAllowed, StripeRefusal } from '../refusal.js';
import { checkSameUse, inUse } from './answer-once.js';
import { apiVersion, checkHeaders } from './check-headers.js';
import { expand } from './expand.js';
import { findAccount } from './find-account.js';
import { readForm, type Form } from './read-form.js';
import { findRoute, type FoundRoute } from './routes.js';

interface Asked {
  readonly incoming: Incoming;
  readonly form: Form;
  readonly books: AccountBooks;
  readonly route: FoundRoute;
  readonly isPublic: boolean;
  readonly key: string | null;
  readonly noted: NotedRequest;
  readonly wait: (ms: number) => Promise<void>;
}

/** Answers a request below `/v1`; undefined where the connection is to be dropped. */
export async function serveApi(desk: Desk, incoming: Incoming, wait: (ms: number) => Promise<void>): Promise<Answer | undefined> {
  if (incoming.method === 'OPTIONS') return { status: 204, headers: { ...crossOrigin, 'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': 'authorization, content-type, idempotency-key, stripe-version' }, body: '' };
  const key = incoming.method === 'POST' ? (incoming.headers['idempotency-key'] as string | undefined) ?? null : null;
  const form = readForm(incoming.method === 'POST' ? incoming.body : incoming.query);
  const noted = note(desk, {
    id: `req_${randomLetters(14)}`, account: null, method: incoming.method, path: incoming.path, params: form, idempotencyKey: key,
    version: incoming.headers['stripe-version'] === undefined ? null : String(incoming.headers['stripe-version']), status: 0, isReplayed: false,
  });
  const answer = await answered(desk, incoming, form, key, noted, wait).catch((error: unknown) => refused(error));
  noted.status = answer?.status ?? 0;
  return answer && { ...answer, headers: { ...crossOrigin, 'request-id': noted.id, 'stripe-version': noted.version ?? apiVersion, ...(key !== null && { 'idempotency-key': key }), ...answer.headers } };
}

const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'request-id, stripe-version' };

async function answered(desk: Desk, incoming: Incoming, form: Form, key: string | null, noted: NotedRequest, wait: Asked['wait']): Promise<Answer | undefined> {
  const { books, isPublic } = findAccount(desk.accounts.values(), incoming, form);
  noted.account = books.settings.name;
  checkHeaders(incoming.headers, incoming.body);
  const route = findRoute(incoming.method, incoming.path);
  if (!route) throw new StripeRefusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${incoming.method}: ${incoming.path}). Please see https://docs.stripe.com or we can help at https://support.stripe.com/.` }, true);
  if (isPublic && !route.isPublic) throw notAllowed('This API call cannot be made with a publishable API key. Please use a secret API key.', 'secret_key_required');
  const asked: Asked = { incoming, form, books, route, isPublic, key, noted, wait };
  return withFaults(desk, asked, () => worked(asked));
}

/** Holds the key while the request is worked on, and lets the faults strike that wait for such a request. */
async function withFaults(desk: Desk, asked: Asked, work: () => Answer): Promise<Answer | undefined> {
  const { books, key, incoming } = asked;
  const held = key === null ? null : `${books.settings.name} ${key}`;
  if (held !== null && desk.inWork.has(held)) throw inUse(key ?? '');
  if (held !== null) desk.inWork.add(held);
  try {
    const faults = desk.faults.takeForRequest({ account: books.settings.name, method: incoming.method, path: incoming.path });
    const other = faults.find(({ kind }) => kind !== 'delay');
    await delayed(faults, asked.wait);
    if (other?.kind === 'drop') return undefined;
    if (other?.kind === 'fail') return struck(asked, other);
    const answer = work();
    if (other?.kind === 'drop-after') return undefined;
    return other?.kind === 'fail-after' ? trouble(other.status) : answer;
  } finally {
    if (held !== null) desk.inWork.delete(held);
  }
}

async function delayed(faults: readonly RequestFault[], wait: Asked['wait']): Promise<void> {
  const delay = faults.find(({ kind }) => kind === 'delay');
  if (delay) await wait(delay.ms ?? 1_000);
}

/** Nothing is done. A failure that is kept is answered to the same key again, as Stripe does with failures that began. */
function struck(asked: Asked, { status, isKept }: RequestFault): Answer {
  const answer = trouble(status);
  if (isKept) asked.books.during(causeOf(asked), () => keep(asked, answer));
  return answer;
}

function trouble(status: number): Answer {
  if (status === 429) return jsonAnswer(429, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' } });
  return jsonAnswer(status, { error: { type: 'api_error', message: 'Sorry! There was an error while talking to one of our backends. Support has been notified.' } });
}

/** The answer that was given to the key before, or the work's own. */
function worked(asked: Asked): Answer {
  const { books, key, incoming, noted } = asked;
  const known = key === null ? undefined : books.answerOf(key);
  if (known && key !== null) {
    checkSameUse({ key, path: incoming.path, asked: JSON.stringify(asked.form) }, known);
    noted.isReplayed = true;
    return { status: known.status, body: known.body, headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true', 'original-request': known.requestId } };
  }
  return books.during(causeOf(asked), () => {
    const answer = done(asked);
    if (answer.isKept) keep(asked, answer);
    return answer;
  });
}

function done({ books, form, route, isPublic }: Asked): Answer & { readonly isKept: boolean } {
  try {
    const object = route.verb({ books, form, id: route.id, other: route.other, isPublic });
    const expanded = expand(books, object, Array.isArray(form['expand']) ? form['expand'].map(String) : []);
    return { ...jsonAnswer(200, isPublic && /_intents\//.test(route.path) ? publicView(expanded) : expanded), isKept: true };
  } catch (error) {
    return { ...refused(error), isKept: !(error instanceof StripeRefusal && error.isBeforeWork) };
  }
}

function refused(error: unknown): Answer {
  if (error instanceof StripeRefusal) return jsonAnswer(error.status, { error: error.facts });
  console.error('stripe simulator:', error);
  return jsonAnswer(500, { error: { type: 'api_error', message: `The simulator itself failed: ${String(error)}` } });
}

function keep({ books, key, incoming, form, noted }: Asked, { status, body }: Answer): void {
  if (key !== null) books.putAnswer(key, { path: incoming.path, asked: JSON.stringify(form), status, body, requestId: noted.id });
}

function causeOf({ noted, key }: Asked): { id: string; idempotency_key: string | null } {
  return { id: noted.id, idempotency_key: key };
}
