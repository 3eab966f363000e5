import 'reflect-metadata';
import { Directive } from 'type-graphql';
import { invariant } from './invariant.js';

/** The longest that anything may be kept, in seconds. */
const secondsMax = 3_600;

/** The directive's definition, in the same words for every subgraph that has a hint: composition drops it where they differ. */
export const cachedDefinition = `extend schema @link(url: "https://specs.haat.dev/cached/v1.0", import: ["@cached"]) @composeDirective(name: "@cached")
directive @cached(seconds: Int!) on FIELD_DEFINITION | OBJECT`;

/**
 * Says how old an answer may be that everybody gets who asks as a guest: of an entity at its class, else at a field. What says
 * nothing is as old as what it is part of; an entity or a root field that says nothing is never kept. Signed-in viewers' answers are
 * never shared. Only in the subgraph that owns the type, or at the field that it adds.
 */
export function Cached(seconds: number): ClassDecorator & MethodDecorator & PropertyDecorator {
  invariant(Number.isInteger(seconds) && seconds > 0 && seconds <= secondsMax, `@Cached: expected 1 to ${secondsMax} seconds, came ${seconds}.`);
  return Directive(`@cached(seconds: ${seconds})`) as ClassDecorator & MethodDecorator & PropertyDecorator;
}
