import { valueFromASTUntyped, type FieldDefinitionNode } from 'graphql';
import { invariant } from './invariant.js';

/** What `@live` says of a subscription field: which event feeds it, whom it concerns, and which query answers. */
export interface LiveField {
  /** The key of the event that feeds the field, `<producer>.<event>.v<version>`: of the subgraph that owns the answered type. */
  readonly event: string;
  /**
   * For each argument of the field (or `viewer.userId`), the path in the event whose value must be equal. An argument that
   * is not given matches every event; one that is `true` matches events in which the value is true, `false` every event.
   */
  readonly match: Readonly<Record<string, string>>;
  /** The root query that answers with the state now, with the viewer's own rights. Null from it ends the feed. */
  readonly answer: string;
  /** For each argument of the answering query, the path in the event that its value comes from. */
  readonly by: Readonly<Record<string, string>>;
  /** The right that the viewer needs, at the vendor named by the argument `vendorId` where there is one. */
  readonly grant?: string;
  /** Whether of several events of one aggregate that wait, the last is enough. */
  readonly coalesce: boolean;
}

/** Reads the declaration back from a field's definition, such as the supergraph's; undefined where the field is not live. */
export function readLive(field: FieldDefinitionNode | null | undefined): LiveField | undefined {
  const directive = field?.directives?.find((d) => d.name.value === 'live');
  if (!directive) return undefined;
  const said = new Map(directive.arguments?.map((a) => [a.name.value, valueFromASTUntyped(a.value)]));
  return {
    event: textOf(said, 'event'),
    match: pairsOf(said.get('match')),
    answer: textOf(said, 'answer'),
    by: pairsOf(said.get('by')),
    grant: said.has('grant') && said.get('grant') !== null ? textOf(said, 'grant') : undefined,
    coalesce: said.get('coalesce') === true,
  };
}

function textOf(said: ReadonlyMap<string, unknown>, name: string): string {
  const value = said.get(name);
  invariant(typeof value === 'string', `@live needs ${name}, as text.`);
  return value;
}

function pairsOf(value: unknown): Readonly<Record<string, string>> {
  const pairs: unknown[] = Array.isArray(value) ? value : [];
  return Object.fromEntries(pairs.map((pair) => {
    const [left, right, ...more] = String(pair).split(' = ');
    invariant(left && right && more.length === 0, `@live: expected "<argument> = <path in the event>", came "${String(pair)}".`);
    return [left, right];
  }));
}
