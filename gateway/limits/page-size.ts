import { Kind, type ArgumentNode, type FieldNode, type GraphQLField, type OperationDefinitionNode, type ValueNode } from 'graphql';

/** Entries of a page when nobody says how many; what the kit's pages do. */
export const pageSizeUsual = 20;

/** How many entries a field is asked for. */
export interface PageAsked {
  readonly size: number;
  /** What is wrong with it, whatever the limit is: such a page is refused before it is counted. */
  readonly problem?: { readonly argument: string; readonly message: string };
  /** The variables that decide. */
  readonly variables: readonly string[];
}

/** The variables of one request as they came, with the defaults of the operation. */
export interface Variables {
  readonly given: Readonly<Record<string, unknown>>;
  readonly operation: OperationDefinitionNode;
}

/** The page that a field is asked for; undefined when its field takes neither `first` nor `last`. */
export function pageAsked(field: FieldNode, definition: GraphQLField<unknown, unknown>, variables: Variables): PageAsked | undefined {
  const names = definition.args.filter(({ name }) => name === 'first' || name === 'last').map(({ name }) => name);
  if (names.length === 0) return undefined;
  const said = (field.arguments ?? []).filter(({ name }) => names.includes(name.value));
  const deciding = said.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []));
  const sizes = said.flatMap((argument) => sizeOf(argument, variables));
  const wrong = sizes.find(({ size }) => size < 1);
  if (wrong) return { size: 0, variables: deciding, problem: { argument: wrong.name, message: `expected at least 1, came ${wrong.size}` } };
  if (sizes.length > 1) return { size: 0, variables: deciding, problem: { argument: 'last', message: 'expected first or last, not both' } };
  return { size: sizes[0]?.size ?? pageSizeUsual, variables: deciding };
}

interface Said {
  readonly name: string;
  readonly size: number;
}

/** What is no whole number is left to those who check values by the schema. */
function sizeOf({ name, value }: ArgumentNode, variables: Variables): Said[] {
  const size = valueOf(value, variables);
  return typeof size === 'number' && Number.isSafeInteger(size) ? [{ name: name.value, size }] : [];
}

function valueOf(value: ValueNode, { given, operation }: Variables): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return undefined;
  const name = value.name.value;
  if (Object.hasOwn(given, name)) return given[name];
  const standIn = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
  return standIn?.kind === Kind.INT ? Number(standIn.value) : undefined;
}
