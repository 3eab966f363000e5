import 'reflect-metadata';
import type { EventContract } from '@haat/schema/event';
import { Directive } from 'type-graphql';
import { invariant } from './invariant.js';
import type { LiveField } from './live-field.js';

/**
 * The directive's definition, in the same words for every subgraph that has a live field: one argument or default more in
 * one of them, or its own link forgotten, and composition drops the directive without an error or a hint.
 */
export const liveDefinition = `extend schema @link(url: "https://specs.haat.dev/live/v1.0", import: ["@live"]) @composeDirective(name: "@live")
directive @live(event: String!, match: [String!]! = [], answer: String!, by: [String!]! = [], grant: String, coalesce: Boolean! = false) on FIELD_DEFINITION`;

/** How a subscription field is fed. As {@link LiveField}, with the event's contract for its key. */
export interface LiveOptions extends Omit<LiveField, 'event' | 'coalesce'> {
  readonly event: EventContract | string;
  readonly coalesce?: boolean;
}

const argument = /^[A-Za-z]\w*$|^viewer\.userId$/;
const eventPath = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;

/**
 * Declares how a subscription field is fed; put it beside `@Subscription(() => Type, { subscribe: neverHere })`. Subgraphs
 * declare live fields and the gateway serves them, so the method's body never runs.
 */
export function Live(options: LiveOptions): MethodDecorator {
  const event = typeof options.event === 'string' ? options.event : options.event.key;
  checkPairs(options.match);
  checkPairs(options.by);
  const said = [
    `event: ${JSON.stringify(event)}`,
    `match: ${JSON.stringify(pairsOf(options.match))}`,
    `answer: ${JSON.stringify(options.answer)}`,
    `by: ${JSON.stringify(pairsOf(options.by))}`,
    ...(options.grant === undefined ? [] : [`grant: ${JSON.stringify(options.grant)}`]),
    ...(options.coalesce ? ['coalesce: true'] : []),
  ];
  return Directive(`@live(${said.join(', ')})`) as MethodDecorator;
}

/** The `subscribe` of a live field: whoever subscribes at the subgraph itself hears nothing. */
export async function* neverHere(): AsyncGenerator<never> {
  // Ends at once.
}

function pairsOf(pairs: Readonly<Record<string, string>>): string[] {
  return Object.entries(pairs).map(([left, right]) => `${left} = ${right}`);
}

function checkPairs(pairs: Readonly<Record<string, string>>): void {
  for (const [left, right] of Object.entries(pairs)) {
    invariant(argument.test(left), `@Live: expected an argument's name or viewer.userId, came ${left}.`);
    invariant(eventPath.test(right), `@Live: expected a path in the event such as payload.vendorId, came ${right}.`);
  }
}
