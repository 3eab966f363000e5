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
}

/** An answer, and when it was begun to be asked for. */
export interface AskedAnswer {
  readonly startedAt: number;
  readonly answer: Promise<LiveAnswer>;
}

/** Asks once what several feeds ask alike, of the same event and with the same rights. */
export interface SharedAnswers {
  /** `notBefore`: an answer older than what the feed had last would turn time back for it. */
  ask(key: string, notBefore: number, ask: () => Promise<LiveAnswer>): AskedAnswer;
  forget(key: string): void;
}

/** Makes it. */
export function sharedAnswers(): SharedAnswers {
  const kept = new LRUCache<string, AskedAnswer>({ max: liveLimits.sharedAnswersMax, ttl: liveLimits.sharedAnswerMs });
  return {
    ask(key, notBefore, ask) {
      const known = kept.get(key);
      const isShared = known !== undefined && known.startedAt >= notBefore;
      liveAnswers.add({ how: isShared ? 'shared' : 'asked' });
      if (isShared) return known;
      const asked = { startedAt: performance.now(), answer: ask() };
      kept.set(key, asked);
      return asked;
    },
    forget: (key) => void kept.delete(key),
  };
}

/** Everything that decides what somebody is answered, beside the operation and the event. The session does not: it only says how we know. */
export function rightsKey({ internal: { tenant, viewer, locale } }: OperationContext): string {
  return `${tenant.id} ${locale} ${viewerKey(viewer)}`;
}

const viewerKeys = new WeakMap<Viewer, string>();

function viewerKey(viewer: Viewer): string {
  const known = viewerKeys.get(viewer);
  if (known !== undefined) return known;
  const { sessionId: _, ...rights } = viewer;
  const key = JSON.stringify(Object.entries(rights).sort(([a], [b]) => (a < b ? -1 : 1)));
  viewerKeys.set(viewer, key);
  return key;
}
