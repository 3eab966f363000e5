import type { Viewer } from '@haat/kit/identity';
import type { GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { OperationContext } from '../operation-context.js';
import { liveLimits } from './live-limits.js';
import { liveAnswers } from './live-meters.js';

/** What a selection was answered with. */
export interface LiveAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** Data and errors as JSON without the outer braces, written once for all who are given it. */
  readonly text: string;
  /** Whether a subgraph looked at the person who asked, or did not say: then it is an answer for them alone. */
  readonly personSeen: boolean;
}

/** An answer, and when it was begun to be asked for. */
export interface AskedAnswer {
  readonly startedAt: number;
  readonly answer: LiveAnswer;
}

/** What is asked, and by whom. */
export interface LiveQuestion {
  /** The operation with its variables. */
  readonly operation: string;
  /** The event that is answered. */
  readonly event: string;
  readonly context: OperationContext;
  /** An answer older than what the feed had last would turn time back for it. */
  readonly notBefore: number;
  ask(): Promise<LiveAnswer>;
}

/** Asks once what several feeds ask alike, of the same event and with the same rights. */
export interface SharedAnswers {
  ask(question: LiveQuestion): Promise<AskedAnswer>;
  /** The answer was no good: who asks next asks anew. */
  forget(question: LiveQuestion): void;
}

interface Asking {
  readonly startedAt: number;
  /** Who asked. */
  readonly person: string;
  readonly answering: Promise<LiveAnswer>;
}

/** Makes it. People with the same rights share what was answered without a look at any of them; each person with themself, whatever it was. */
export function sharedAnswers(): SharedAnswers {
  const kept = new LRUCache<string, Asking>({ max: liveLimits.sharedAnswersMax, ttl: liveLimits.sharedAnswerMs });
  const personal = new LRUCache<string, true>({ max: liveLimits.preparedMax, ttl: liveLimits.personalMs });
  const askFor = (key: string, person: string, { notBefore, ask }: LiveQuestion): Asking => {
    const known = kept.get(key);
    const isShared = known !== undefined && known.startedAt >= notBefore;
    liveAnswers.add({ how: isShared ? 'shared' : 'asked' });
    if (isShared) return known;
    const asking = { startedAt: performance.now(), person, answering: ask() };
    kept.set(key, asking);
    return asking;
  };
  const answered = async ({ startedAt, answering }: Asking): Promise<AskedAnswer> => ({ startedAt, answer: await answering });
  return {
    async ask(question) {
      const [all, person] = [rightsKey(question), personKey(question)];
      if (personal.has(question.operation)) return answered(askFor(person, person, question));
      const asking = askFor(all, person, question);
      const asked = await answered(asking);
      if (asked.answer.personSeen) personal.set(question.operation, true);
      return asked.answer.personSeen && asking.person !== person ? answered(askFor(person, person, question)) : asked;
    },
    forget(question) {
      kept.delete(rightsKey(question));
      kept.delete(personKey(question));
    },
  };
}

/** Everything that decides what somebody is answered where nobody looks at who they are. */
function rightsKey(question: LiveQuestion): string {
  return `${questionKey(question)} ${keysOf(question.context.internal.viewer).rights}`;
}

function personKey(question: LiveQuestion): string {
  return `${questionKey(question)} ${keysOf(question.context.internal.viewer).person}`;
}

function questionKey({ operation, event, context: { internal: { tenant, locale } } }: LiveQuestion): string {
  return `${operation} ${event} ${tenant.id} ${locale}`;
}

interface ViewerKeys {
  readonly rights: string;
  readonly person: string;
}

const viewerKeys = new WeakMap<Viewer, ViewerKeys>();

function keysOf(viewer: Viewer): ViewerKeys {
  const known = viewerKeys.get(viewer) ?? writtenKeys(viewer);
  viewerKeys.set(viewer, known);
  return known;
}

/** The session is in neither: it only says how we know. */
function writtenKeys({ sessionId: _, userId, tokenId, guestKey, orderId, ...rights }: Viewer): ViewerKeys {
  const text = JSON.stringify(Object.entries(rights).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { rights: text, person: JSON.stringify([userId, tokenId, guestKey, orderId, text]) };
}
