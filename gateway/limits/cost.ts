import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isInterfaceType, isLeafType, isListType, isObjectType, Kind,
  type FieldNode, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import type { Fragments } from './expanded-size.js';
import { sensitiveMutations } from './operation-shape.js';
import { pageAsked, type Variables } from './page-size.js';

/**
 * Points. A scalar costs nothing, an object 1, each of a list as much; a page counts as long as it was asked for, so that
 * lists in lists multiply. Of an interface or union the dearest possibility counts (Shopify's model).
 */
const points = {
  object: 1,
  /** Each mutation on top. */
  mutation: 10,
  /** Each guess at a secret: it costs us a password's hash. */
  sensitiveMutation: 100,
  /** Entries assumed of a list that takes no page size. */
  listEntries: 10,
  /** Sums stop here, so that they never overflow. */
  ceiling: 1_000_000_000,
} as const;

/** What an operation may cost at most, known before it is planned. */
export interface Cost {
  readonly points: number;
  /** The largest page asked for, and where. */
  readonly largestPage: number;
  readonly largestPagePath: readonly string[];
  /** What is wrong with pages, whatever the limit. */
  readonly problems: readonly { readonly path: readonly string[]; readonly message: string }[];
  /** The variables whose values decide; with the same ones the cost is the same. */
  readonly decidedBy: readonly string[];
  /** The names of the fields at the root. */
  readonly rootFields: readonly string[];
}

/** What it is counted with. */
export interface CostParts {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A field that is answered by objects, and how many points they are by themselves, without what is in them. */
export interface DearField {
  readonly path: string;
  readonly points: number;
}

/** Counts a valid operation that is known to be small enough to be expanded. */
export function costOf(parts: CostParts): Cost {
  return counted(parts);
}

/** The fields of an operation that cost most: where its developer asks for less. The dearest comes first. */
export function dearestFields(parts: CostParts, fieldsMax: number): DearField[] {
  const fields: DearField[] = [];
  counted(parts, (path, own) => fields.push({ path: path.join('.'), points: own }));
  return fields.sort((a, b) => b.points - a.points).slice(0, fieldsMax);
}

function counted(parts: CostParts, tell?: Counting['tell']): Cost {
  const { schema, operation } = parts;
  const counting: Counting = {
    ...parts, variables: { given: parts.variables, operation }, tell,
    seen: { largestPage: 0, largestPagePath: [], problems: [], decidedBy: [] },
  };
  const root = schema.getRootType(operation.operation);
  const sum = root ? costOfSets(counting, [operation.selectionSet], { type: root, path: [], times: 1 }) : 0;
  const rootFields = root ? fieldsOf(counting, operation.selectionSet, root).map(({ field }) => field.name.value) : [];
  const onTop = operation.operation === 'mutation' ? mutationPoints(rootFields) : 0;
  return { ...counting.seen, rootFields, points: Math.max(1, capped(sum + onTop)) };
}

interface Counting extends Omit<CostParts, 'variables'> {
  readonly variables: Variables;
  /** Told of each field that is answered by objects, with the points of those objects alone. */
  readonly tell?: (path: readonly string[], points: number) => void;
  readonly seen: { largestPage: number; largestPagePath: readonly string[]; problems: Cost['problems'][number][]; decidedBy: string[] };
}

/** Where selections stand. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly path: readonly string[];
  /** How often it comes: the lists that it is in, multiplied. */
  readonly times: number;
  /** Of a connection: how long the lists in it are. */
  readonly pageSize?: number;
}

interface FieldAt {
  readonly field: FieldNode;
  readonly type: GraphQLCompositeType;
}

function costOfSets(counting: Counting, sets: readonly SelectionSetNode[], place: Place): number {
  const fields = sets.flatMap((set) => fieldsOf(counting, set, place.type));
  const byName = Map.groupBy(fields, ({ field, type }) => `${typeKey(type, place.type)} ${(field.alias ?? field.name).value}`);
  let always = 0;
  const byType = new Map<string, number>();
  for (const same of byName.values()) {
    const [first] = same;
    if (!first) continue;
    const cost = costOfField(counting, first, same, place);
    const key = typeKey(first.type, place.type);
    if (key === '') always = capped(always + cost);
    else byType.set(key, capped((byType.get(key) ?? 0) + cost));
  }
  return capped(always + Math.max(0, ...byType.values()));
}

/** Empty for what every object here may answer; else the type whose objects alone do. */
function typeKey(type: GraphQLCompositeType, at: GraphQLCompositeType): string {
  return type !== at && isAbstractType(at) && isObjectType(type) ? type.name : '';
}

function costOfField(counting: Counting, { field, type }: FieldAt, same: readonly FieldAt[], place: Place): number {
  const definition = definitionOf(type, field.name.value);
  if (!definition) return 0;
  const path = [...place.path, (field.alias ?? field.name).value];
  const size = notedPage(counting, field, definition, path);
  const named = getNamedType(definition.type);
  if (isLeafType(named) || !isCompositeType(named)) return 0;
  const isList = isListType(getNullableType(definition.type));
  const entries = isList ? (size ?? place.pageSize ?? points.listEntries) : 1;
  const times = capped(place.times * entries);
  counting.tell?.(path, times * points.object);
  const inner = costOfSets(counting, same.flatMap((each) => each.field.selectionSet ?? []), { type: named, path, times, pageSize: isList ? undefined : size });
  return capped(entries * (points.object + inner));
}

function notedPage({ seen, variables }: Counting, field: FieldNode, definition: GraphQLField<unknown, unknown>, path: readonly string[]): number | undefined {
  const page = pageAsked(field, definition, variables);
  if (!page) return undefined;
  seen.decidedBy.push(...page.variables);
  if (page.problem) seen.problems.push({ path: [...path, page.problem.argument], message: page.problem.message });
  if (page.size > seen.largestPage) Object.assign(seen, { largestPage: page.size, largestPagePath: path });
  return page.size;
}

function definitionOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function fieldsOf(counting: Counting, set: SelectionSetNode, type: GraphQLCompositeType): FieldAt[] {
  return set.selections.flatMap((selection): FieldAt[] => {
    if (selection.kind === Kind.FIELD) return [{ field: selection, type }];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : counting.fragments.get(selection.name.value);
    const condition = fragment?.typeCondition && counting.schema.getType(fragment.typeCondition.name.value);
    return fragment ? fieldsOf(counting, fragment.selectionSet, isCompositeType(condition) ? condition : type) : [];
  });
}

function mutationPoints(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (sensitiveMutations.has(name) ? points.sensitiveMutation : points.mutation), 0);
}

function capped(sum: number): number {
  return Math.min(sum, points.ceiling);
}
