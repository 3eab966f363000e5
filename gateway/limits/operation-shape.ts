import { Kind, OperationTypeNode, type DirectiveNode, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Fragments } from './expanded-size.js';

/** What an operation asks for, whatever the schema says: counted over its selections with all fragments expanded. */
export interface OperationShape {
  readonly queryAliases: number;
  readonly queryDirectives: number;
  readonly queryRepeats: number;
  readonly queryArguments: number;
  readonly queryRootFields: number;
  readonly queryMutations: number;
  /** Mutations whose every try tells something to one who guesses. */
  readonly sensitiveMutations: number;
}

/** Of these, one operation may hold one: who guesses a password or a coupon pays for each guess. */
export const sensitiveMutations: ReadonlySet<string> = new Set([
  'signIn', 'signInWithCode', 'confirmSecondFactor', 'register', 'requestPasswordReset', 'requestSignInCode', 'resetPassword', 'refreshSession', 'applyCoupon',
  'changePassword', 'confirmTotp', 'removeTotp',
]);

interface Counts {
  aliases: number;
  directives: number;
  repeats: number;
  arguments: number;
}

/**
 * Counts one operation. Walks every expansion, so the operation is known to be small enough and without cycles when this
 * is called.
 */
export function shapeOf(operation: OperationDefinitionNode, fragments: Fragments): OperationShape {
  const counts: Counts = { aliases: 0, directives: (operation.directives ?? []).length, repeats: 0, arguments: (operation.variableDefinitions ?? []).length };
  const root = fieldsOf([operation.selectionSet], fragments, counts);
  count(root, fragments, counts);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  return {
    queryAliases: counts.aliases,
    queryDirectives: counts.directives,
    queryRepeats: counts.repeats,
    queryArguments: counts.arguments,
    queryRootFields: isMutation ? 0 : root.length,
    queryMutations: isMutation ? root.length : 0,
    sensitiveMutations: isMutation ? root.filter((field) => sensitiveMutations.has(field.name.value)).length : 0,
  };
}

/** Fields that answer under one name are one field with the selections of all (GraphQL, section 6.3.2). */
function count(fields: readonly FieldNode[], fragments: Fragments, counts: Counts): void {
  for (const same of Map.groupBy(fields, (field) => (field.alias ?? field.name).value).values()) {
    counts.aliases += same.filter((field) => field.alias).length;
    counts.repeats = Math.max(counts.repeats, same.length);
    const inner = same.flatMap((field) => field.selectionSet ?? []);
    if (inner.length > 0) count(fieldsOf(inner, fragments, counts), fragments, counts);
  }
}

function fieldsOf(sets: readonly SelectionSetNode[], fragments: Fragments, counts: Counts): FieldNode[] {
  return sets.flatMap((set) => set.selections.flatMap((selection): FieldNode[] => {
    counts.directives += (selection.directives as readonly DirectiveNode[] | undefined)?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      counts.arguments = Math.max(counts.arguments, selection.arguments?.length ?? 0);
      return [selection];
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet;
    return inner ? fieldsOf([inner], fragments, counts) : [];
  }));
}
