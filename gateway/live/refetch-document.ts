import type { LiveField } from '@haat/kit/live-field';
import {
  Kind, OperationTypeNode, print, visit, type ArgumentNode, type DefinitionNode, type DocumentNode, type FieldNode, type FragmentDefinitionNode,
  type GraphQLArgument, type GraphQLSchema, type OperationDefinitionNode, type TypeNode, type VariableDefinitionNode, parseType,
} from 'graphql';

/** What the variables that carry an event's values begin with; GraphQL's own names never do. */
export const eventVariable = (argument: string): string => `live_${argument}`;

/**
 * The query that asks a subscription's selection again: the answering root field under the subscription's own response
 * name, with its arguments as variables, and only such variables and fragments as the selection uses.
 * @throws Error when the declaration names a query or an argument that is not there.
 */
export function refetchDocument(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, field: FieldNode, live: LiveField): string {
  const answer = schema.getQueryType()?.getFields()[live.answer];
  if (!answer) throw new Error(`@live names the query ${live.answer}, which is not there.`);
  const names = Object.keys(live.by);
  const root: FieldNode = {
    kind: Kind.FIELD, name: nameNode(live.answer), alias: nameNode((field.alias ?? field.name).value),
    arguments: names.map(argumentNode), selectionSet: field.selectionSet,
  };
  const fragments = fragmentsUsed(document, root);
  const used = variablesUsed([root, ...fragments]);
  const variableDefinitions = [
    ...(operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
    ...names.map((name) => definitionFor(name, answer.args.find((argument) => argument.name === name), live)),
  ];
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY, name: operation.name, variableDefinitions,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [root] },
  };
  return print({ kind: Kind.DOCUMENT, definitions: [query, ...fragments] });
}

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const;
}

function argumentNode(name: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: nameNode(name), value: { kind: Kind.VARIABLE, name: nameNode(eventVariable(name)) } };
}

function definitionFor(name: string, argument: GraphQLArgument | undefined, live: LiveField): VariableDefinitionNode {
  if (!argument) throw new Error(`@live names the argument ${name} of ${live.answer}, which is not there.`);
  const type: TypeNode = parseType(String(argument.type));
  return { kind: Kind.VARIABLE_DEFINITION, variable: { kind: Kind.VARIABLE, name: nameNode(eventVariable(name)) }, type };
}

function fragmentsUsed(document: DocumentNode, root: FieldNode): FragmentDefinitionNode[] {
  const all = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const used = new Map<string, FragmentDefinitionNode>();
  const look = (node: FieldNode | DefinitionNode): void => void visit(node, {
    FragmentSpread({ name }) {
      const fragment = all.get(name.value);
      if (!fragment || used.has(name.value)) return;
      used.set(name.value, fragment);
      look(fragment);
    },
  });
  look(root);
  return [...used.values()];
}

function variablesUsed(nodes: readonly (FieldNode | DefinitionNode)[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void used.add(name.value) });
  return used;
}
