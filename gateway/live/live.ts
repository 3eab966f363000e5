import { holdsGrant } from '@haat/kit/identity';
import type { Log } from '@haat/kit/log';
import { gauge } from '@haat/kit/meter';
import type { NatsLink } from '@haat/kit/nats';
import { forbidden, Refusal, unauthenticated, unavailable } from '@haat/kit/refusal';
import type { OperationContext } from '../operation-context.js';
import { aPart } from '../subgraph-breakers.js';
import type { Supergraph } from '../supergraph.js';
import { eventLog, type EventLog } from './event-log.js';
import { answerArguments, answerArgumentsNow, listenerId } from './event-match.js';
import { verdictOn } from './feed-answer.js';
import { Feed, type FeedSink } from './feed.js';
import { liveCursors } from './live-cursor.js';
import type { AskedSubscription, LiveOperation } from './live-operation.js';
import { liveFeeds } from './live-meters.js';
import { eventVariable } from './refetch-document.js';
import { sharedAnswers, type LiveAnswer } from './shared-answers.js';
import { upstreams } from './upstreams.js';

/** Whoever listens. */
export interface Listener {
  /** The viewer as they are now. Throws a refusal when they may not be here any more. */
  admit(): Promise<OperationContext>;
}

/** Live fields, run for any transport. */
export interface Live {
  /** Begins a subscription. Throws a refusal, or what GraphQL has against the operation. It is fed when it is run. */
  open(asked: AskedSubscription, listener: Listener, sink: FeedSink): Promise<Feed>;
  close(): Promise<void>;
}

/** What live fields are run with. */
export interface LiveParts {
  /** Without a broker there are no events. */
  readonly nats?: NatsLink;
  readonly supergraph: Supergraph;
  /** Seals cursors; every gateway has the same one. */
  readonly secret?: string;
  readonly log: Log;
}

/** Makes it. It knows no business: which field is fed by what, and what answers it, stands in the supergraph. */
export function live({ nats, supergraph, secret, log: logger }: LiveParts): Live {
  const cursors = liveCursors(secret);
  const answers = sharedAnswers();
  const log = nats && eventLog(nats);
  const upstream = nats && log && upstreams({ nats, log, logger });
  let feeds = 0;
  const stopCounting = gauge(liveFeeds, () => [{ labels: {}, value: feeds }]);
  const ask = (operation: LiveOperation, args: Record<string, unknown>, context: OperationContext): Promise<LiveAnswer> =>
    supergraph.use((server) => server.refetch({ query: operation.refetch, operationName: operation.operationName, variables: variablesOf(operation, args) }, context));
  return {
    async open(asked, listener, sink) {
      if (!upstream || !log) throw unavailable(aPart);
      const context = await listener.admit();
      const operation = await supergraph.use((server) => server.prepareLive(asked, context));
      const refused = refusalOf(operation, context);
      if (refused) throw refused;
      await checkAnswer(operation, context, (args) => ask(operation, args, context));
      const events = { event: operation.live.event, tenantId: context.internal.tenant.id };
      const lease = await upstream.lease(events).catch((error: unknown) => {
        logger.warn({ err: error, event: events.event }, 'A live field could not be begun.');
        throw unavailable(aPart);
      });
      const feed = new Feed({
        operation, events, upstream: lease.upstream, log: log as EventLog, cursors, answers, sink, userId: context.internal.viewer.userId,
        admit: () => admitted(operation, listener),
        ask: (event, now) => ask(operation, answerArguments(operation.live, event.envelope), now),
        over() {
          lease.release();
          feeds -= 1;
        },
      });
      feeds += 1;
      return feed;
    },
    async close() {
      stopCounting();
      await upstream?.close();
    },
  };
}

/** What speaks against somebody's listening, before any event is looked at. */
export function refusalOf({ live: { grant, match }, args }: LiveOperation, { internal: { viewer } }: OperationContext): Refusal | undefined {
  if (listenerId in match && viewer.userId === undefined) return viewer.kind === 'GUEST' ? unauthenticated() : forbidden();
  const vendorId = args['vendorId'];
  if (grant === undefined || holdsGrant(viewer, grant, typeof vendorId === 'string' ? vendorId : undefined)) return undefined;
  return viewer.kind === 'GUEST' ? unauthenticated() : forbidden();
}

async function admitted(operation: LiveOperation, listener: Listener): Promise<OperationContext> {
  const context = await listener.admit();
  const refused = refusalOf(operation, context);
  if (refused) throw refused;
  return context;
}

/** Where the arguments already say what will be answered, it is asked once: who may not see it hears so now, and not at the first event. */
async function checkAnswer(operation: LiveOperation, { internal: { viewer } }: OperationContext, ask: (args: Record<string, unknown>) => Promise<LiveAnswer>): Promise<void> {
  const args = answerArgumentsNow({ live: operation.live, args: operation.args, userId: viewer.userId });
  if (!args) return;
  const verdict = verdictOn(await ask(args), operation.responseName, false);
  if (verdict.kind === 'again') throw unavailable(aPart);
  if (verdict.kind === 'end') throw viewer.kind === 'GUEST' ? unauthenticated() : forbidden();
}

function variablesOf({ variables }: LiveOperation, args: Record<string, unknown>): Record<string, unknown> {
  return { ...variables, ...Object.fromEntries(Object.entries(args).map(([name, value]) => [eventVariable(name), value])) };
}
