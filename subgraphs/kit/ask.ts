import { askSubjectOf, type AskContract } from '@haat/schema/ask';
import { ErrorCode, headers as natsHeaders, type Msg, type Subscription } from 'nats';
import { boundary } from './boundary.js';
import { breaker, type Breaker } from './breaker.js';
import type { Clock } from './clock.js';
import { beforeDeadline } from './deadline.js';
import type { InternalContext } from './identity.js';
import type { Log } from './log.js';
import type { NatsLink } from './nats.js';
import { observeAsk } from './observe.js';
import { Bell, pause } from './pause.js';
import { currentTraceparent } from './span.js';
import { deadlineExceeded, Refusal, unavailable, type RefusalCode } from './refusal.js';
import { bodyDigest, contextHeader, signContext, verifyContext, type SigningKey, type TrustedKeys } from './signing.js';
import type { UsedOnce } from './used-once.js';

/** How many asks one process answers at once; more wait at the broker until their deadline. */
const answeringMax = 64;

/** How many asks may wait inside one process; above it they are refused at once, so that the asker can decide. */
const answeringQueueMax = 1_000;

/** How long whoever leaves waits for the asks it took, in milliseconds: longer than any asker does. */
const drainMs = 10_000;

/** An ask as it travels: the input's JSON and the signed context over it. */
export interface AskEnvelope {
  readonly token: string;
  readonly body: string;
}

/** Answers one ask of a subgraph: {@link answering} makes it. Takes and gives JSON. */
export type AnswerAsk = (contractKey: string, envelope: AskEnvelope) => Promise<string>;

/** Puts asks to others. */
export interface Asking {
  ask<I, O>(contract: AskContract<I, O>, input: I, context: InternalContext): Promise<O>;
}

/** Where asks go. */
export interface AskingOptions {
  readonly key: SigningKey;
  readonly clock: Clock;
  /** The broker, where the answering subgraph is another process. */
  readonly nats?: Pick<NatsLink, 'connection'>;
  /** Those of the same process, by subgraph: same envelope, same checks, no socket. */
  readonly local?: ReadonlyMap<string, AnswerAsk>;
}

type Reply = { readonly ok: unknown } | { readonly refusal: { readonly code: RefusalCode; readonly message: string } };

/** Makes the asking side: signs, sends, waits no longer than both deadlines, parses the answer by its contract. */
export function asking(options: AskingOptions): Asking {
  const breakers = new Map<string, Breaker>();
  return {
    async ask(contract, input, context) {
      const through = breakerOf(breakers, contract.subgraph);
      const reply = await observeAsk(contract.subgraph, contract.key, context.tenant.id, () => through.run(() => send(options, contract as AskContract, input, context)));
      if ('refusal' in reply) throw new Refusal(reply.refusal.code, reply.refusal.message);
      return contract.output.parse(reply.ok);
    },
  };
}

/** What the answering side needs. */
export interface AnsweringOptions {
  readonly subgraph: string;
  readonly trusted: TrustedKeys;
  /** The calls that this process has taken already. */
  readonly used: UsedOnce;
  readonly clock: Clock;
  readonly log: Log;
  /** The contracts it answers, each with the function that runs it in a verified context. */
  readonly answers: ReadonlyMap<string, { readonly contract: AskContract; run(input: unknown, context: InternalContext): Promise<unknown> }>;
}

/** Makes the answering side: verifies, parses by the contract, runs, and turns refusals into replies. */
export function answering(options: AnsweringOptions): AnswerAsk {
  return async (contractKey, { token, body }) => {
    try {
      return JSON.stringify({ ok: await answered(options, contractKey, token, body) });
    } catch (error) {
      return JSON.stringify({ refusal: refusalOf(error, options.log, contractKey) });
    }
  };
}

/**
 * Answers the asks of one subgraph that arrive over the broker, from the moment it is there until it is closed: then no more are
 * taken, and those that were are answered while {@link drainMs} lasts. Close it before the link.
 */
export function answerOverNats(nats: NatsLink, subgraph: string, answer: AnswerAsk): { close(): Promise<void> } {
  let running = 0;
  let subscription: Subscription | undefined;
  const waiting: Msg[] = [];
  const closer = new AbortController();
  const idle = new Bell();
  const take = async (message: Msg): Promise<void> => {
    running += 1;
    const contractKey = message.subject.slice('asks.'.length);
    respond(message, await answer(contractKey, { token: message.headers?.get(contextHeader) ?? '', body: message.string() }));
    running -= 1;
    const next = waiting.shift();
    if (next) void take(next);
    else if (running === 0) idle.ring();
  };
  const arrive = (error: Error | null, message: Msg): void => {
    if (error) return;
    if (running < answeringMax) void take(message);
    else if (waiting.length < answeringQueueMax) waiting.push(message);
    else respond(message, JSON.stringify({ refusal: { code: 'SUBGRAPH_UNAVAILABLE', message: `${subgraph} has too many asks waiting.` } }));
  };
  nats.onConnect((connection) => {
    if (!closer.signal.aborted) subscription = connection.subscribe(`asks.${subgraph}.>`, { queue: subgraph, callback: arrive });
  });
  const close = async (): Promise<void> => {
    closer.abort();
    const limit = AbortSignal.timeout(drainMs);
    // A broker that is away confirms nothing, and hands on no more either.
    if (nats.status() === 'up') await Promise.race([subscription?.drain().catch(() => undefined), pause(drainMs, limit)]);
    while (running > 0 && !limit.aborted) await idle.heard(drainMs, limit);
  };
  return { close };
}

/** An answer that is too large for the broker, or whose asker cannot be reached any more, ends no process. */
function respond(message: Msg, answer: string): void {
  try {
    message.respond(answer);
  } catch (error) {
    const refusal = { code: 'INTERNAL', message: `The answer to ${message.subject} is too large to travel.` };
    if ((error as { code?: string }).code === ErrorCode.MaxPayloadExceeded) message.respond(JSON.stringify({ refusal }));
  }
}

async function answered(options: AnsweringOptions, contractKey: string, token: string, body: string): Promise<unknown> {
  const now = options.clock.now();
  const context = await verifyContext(token, { audience: options.subgraph, trusted: options.trusted, now, digest: bodyDigest(body), used: options.used });
  const found = options.answers.get(contractKey);
  if (!found) throw unavailable(`The ask ${contractKey}`);
  if (context.deadlineAt <= now.getTime()) throw deadlineExceeded(contractKey);
  return found.contract.output.parse(await found.run(found.contract.input.parse(JSON.parse(body)), context));
}

function refusalOf(error: unknown, log: Log, contractKey: string): { code: RefusalCode; message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  log.error({ err: error, ask: contractKey }, 'An ask failed.');
  return { code: 'INTERNAL', message: `The ask ${contractKey} failed.` };
}

async function send(options: AskingOptions, contract: AskContract, input: unknown, context: InternalContext): Promise<Reply> {
  const now = options.clock.now();
  const timeoutMs = Math.min(contract.deadlineMs, context.deadlineAt - now.getTime());
  if (timeoutMs <= 0) throw deadlineExceeded(contract.key);
  const body = JSON.stringify(input);
  const bound = { ...context, deadlineAt: now.getTime() + timeoutMs, traceparent: currentTraceparent() ?? context.traceparent };
  const token = await signContext(options.key, contract.subgraph, bound, { now, digest: bodyDigest(body) });
  await boundary(`ask ${contract.key}:before`);
  const local = options.local?.get(contract.subgraph);
  const reply = local ? await beforeDeadline(timeoutMs, contract.key, local(contract.key, { token, body })) : await overNats(options.nats, contract, token, body, timeoutMs);
  await boundary(`ask ${contract.key}:after`);
  return JSON.parse(reply) as Reply;
}

async function overNats(nats: Pick<NatsLink, 'connection'> | undefined, contract: AskContract, token: string, body: string, timeoutMs: number): Promise<string> {
  if (!nats?.connection) throw unavailable(contract.subgraph);
  const headers = natsHeaders();
  headers.set(contextHeader, token);
  try {
    return (await nats.connection.request(askSubjectOf(contract), body, { timeout: timeoutMs, headers })).string();
  } catch (error) {
    throw (error as { code?: string }).code === 'TIMEOUT' ? deadlineExceeded(contract.key) : unavailable(contract.subgraph);
  }
}

function breakerOf(breakers: Map<string, Breaker>, subgraph: string): Breaker {
  let found = breakers.get(subgraph);
  if (!found) breakers.set(subgraph, (found = breaker(`ask:${subgraph}`, { countsAsFailure: isOutage })));
  return found;
}

/** Only what says that the other side is down or slow opens the breaker; a refusal of this caller does not. */
function isOutage(error: unknown): boolean {
  return !(error instanceof Refusal) || error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED';
}
