import type { LiveField } from '@haat/kit/live-field';
import type { EventEnvelope } from '@haat/schema/event';

/** Who listens to a live field, and with which arguments. */
export interface Listening {
  readonly live: LiveField;
  /** The field's arguments, coerced. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly userId?: string;
}

/** How a live field names the person who listens. */
export const listenerId = 'viewer.userId';

/** Whether an event concerns a listener: every declared pair must be equal. */
export function concerns({ live, args, userId }: Listening, event: EventEnvelope): boolean {
  return Object.entries(live.match).every(([left, path]) => {
    const value = valueAt(event, path);
    if (left === listenerId) return userId !== undefined && value === userId;
    const wanted = args[left];
    if (wanted === undefined || wanted === null || wanted === false) return true;
    return wanted === true ? value === true : isPlain(value) && String(value) === String(wanted);
  });
}

/** The arguments of the answering query, taken from the event. */
export function answerArguments(live: LiveField, event: EventEnvelope): Record<string, unknown> {
  return Object.fromEntries(Object.entries(live.by).map(([argument, path]) => [argument, valueAt(event, path)]));
}

/**
 * The same before any event, where the listener's own arguments already say what will be answered: so that what one may
 * not see is refused at once. Undefined where only an event can say.
 */
export function answerArgumentsNow({ live, args }: Listening): Record<string, unknown> | undefined {
  const found = Object.entries(live.by).map(([argument, path]) => {
    const left = Object.entries(live.match).find(([, matched]) => matched === path)?.[0];
    return [argument, left === undefined ? undefined : args[left]] as const;
  });
  return found.every(([, value]) => isPlain(value)) ? Object.fromEntries(found) : undefined;
}

function valueAt(event: EventEnvelope, path: string): unknown {
  let at: unknown = event;
  for (const step of path.split('.')) at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string, unknown>)[step] : undefined;
  return at;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
