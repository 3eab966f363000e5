import { GraphQLError, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { fragmentsOf, measuring, type Fragments, type Measuring } from './expanded-size.js';
import { ceilings, tooExpensive, type OperationLimit, type OperationLimits } from './limits.js';
import { shapeOf, type OperationShape } from './operation-shape.js';
import { isTooNested, scanText } from './scan-text.js';

/** What was counted of a document: selections of all its operations, else the largest count of one. `error` is why it is none that could run. */
export interface DocumentSize {
  readonly counted: Partial<Readonly<Record<OperationLimit, number>>>;
  readonly sensitiveMutations: number;
  readonly error?: GraphQLError;
}

/**
 * Measures a document in time linear in its text: each step is made only when the one before it says that the next is
 * safe, and none descends or expands further than the ceilings. Syntax errors are left to who parses it for good.
 */
export function documentSize(text: string): DocumentSize {
  if (text.length > ceilings.queryCharacters) return refusable({ queryCharacters: text.length });
  const { queryTokens, queryDirectives, ...scan } = scanText(text);
  const counted = { queryCharacters: text.length, queryTokens, queryDirectives };
  if (isTooNested({ queryTokens, queryDirectives, ...scan })) return refusable({ ...counted, queryDepth: ceilings.queryDepth + 1 });
  if (isAbove(counted)) return refusable(counted);
  const document = parsed(text);
  return document ? expanded(document, counted) : refusable(counted);
}

/** Refuses with `TOO_EXPENSIVE` what is too large in a tenant with these limits, and throws what is no document at all. */
export function checkSize(size: DocumentSize, limits: OperationLimits): void {
  for (const [name, counted] of Object.entries(size.counted) as [OperationLimit, number][]) {
    if (counted > limits[name]) throw tooExpensive(name, counted, limits);
  }
  if (size.sensitiveMutations > 1) throw tooManyTries(size.sensitiveMutations);
  if (size.error) throw size.error;
}

type Counted = DocumentSize['counted'];

function refusable(counted: Counted, error?: GraphQLError): DocumentSize {
  return { counted, sensitiveMutations: 0, error };
}

function isAbove(counted: Counted): boolean {
  return (Object.entries(counted) as [OperationLimit, number][]).some(([name, count]) => count > ceilings[name]);
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true, maxTokens: ceilings.queryTokens });
  } catch {
    return undefined;
  }
}

function expanded(document: DocumentNode, text: Counted): DocumentSize {
  const fragments = fragmentsOf(document);
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const measure = measuring(fragments);
  const sizes = operations.map(({ selectionSet }) => measure.sizeOf(selectionSet));
  const counted = { ...text, queryFragments: fragments.size, querySelections: sumOf(sizes), queryDepth: depthOf(operations, measure, sizes) };
  const error = cycleIn(fragments, measure) ?? unused(fragments, document);
  if (error || isAbove(counted)) return refusable(counted, error);
  return withShapes(counted, operations.map((operation) => shapeOf(operation, fragments)));
}

function withShapes(counted: Counted, shapes: readonly OperationShape[]): DocumentSize {
  const names = ['queryAliases', 'queryRepeats', 'queryArguments', 'queryRootFields', 'queryMutations', 'queryDirectives'] as const;
  const counts = Object.fromEntries(names.map((name) => [name, Math.max(largest(shapes, name), counted[name] ?? 0)]));
  return { counted: { ...counted, ...counts }, sensitiveMutations: largest(shapes, 'sensitiveMutations') };
}

/** Who asks for the schema goes deeper than any page: as far as the ceiling, where the schema may be asked for at all. */
function depthOf(operations: readonly OperationDefinitionNode[], measure: Measuring, sizes: readonly { readonly queryDepth: number }[]): number {
  const depths = operations.map(({ selectionSet }, at) => {
    const depth = sizes[at]?.queryDepth ?? 0;
    if (depth > ceilings.queryDepth) return depth;
    const ofData = selectionSet.selections.filter((s) => s.kind !== Kind.FIELD || !(s.name.value === '__schema' || s.name.value === '__type'));
    return ofData.length === selectionSet.selections.length ? depth : measure.sizeOf({ kind: Kind.SELECTION_SET, selections: ofData }).queryDepth;
  });
  return Math.max(0, ...depths);
}

/** In a fragment that no operation spreads, too. */
function cycleIn(fragments: Fragments, measure: Measuring): GraphQLError | undefined {
  fragments.forEach(({ selectionSet }) => measure.sizeOf(selectionSet));
  return measure.cycle === undefined ? undefined : invalid(`Cannot spread fragment "${measure.cycle}" within itself.`);
}

/** Found here, because nothing else that is measured would say how large it is. */
function unused(fragments: Fragments, document: DocumentNode): GraphQLError | undefined {
  const spread = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('kind' in node && node.kind === Kind.FRAGMENT_SPREAD) spread.add((node as unknown as { name: { value: string } }).name.value);
    Object.values(node).forEach(look);
  };
  look(document);
  const name = [...fragments.keys()].find((each) => !spread.has(each));
  return name === undefined ? undefined : invalid(`Fragment "${name}" is never used.`);
}

function invalid(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

function tooManyTries(counted: number): GraphQLError {
  return new GraphQLError('An operation may try this only once.', { extensions: { code: 'TOO_EXPENSIVE', limit: 'sensitiveMutations', allowed: 1, counted } });
}

/** Every operation of a document is validated, also the one that will not run. */
function sumOf(sizes: readonly { readonly querySelections: number }[]): number {
  return Math.min(sizes.reduce((sum, size) => sum + size.querySelections, 0), ceilings.querySelections + 1);
}

function largest<K extends string>(all: readonly Readonly<Record<K, number>>[], name: K): number {
  return all.reduce((most, each) => Math.max(most, each[name]), 0);
}
