import { createHash } from 'node:crypto';
import {
  getLocation, GraphQLError, Kind, parse, print, Source, validate, visit,
  type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import { fileNameOf, type ClientSources, type OperationFile } from './client-sources.js';

/** One operation as it is sent: its text with every fragment that it needs. */
export interface ClientOperation {
  /** SHA-256 of the text, hex. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly document: DocumentNode;
}

/** A client's operations in the order of their names, and what is wrong with them, one line each. */
export interface ClientOperations {
  readonly client: string;
  readonly operations: readonly ClientOperation[];
  readonly fragments: readonly FragmentDefinitionNode[];
  readonly problems: readonly string[];
}

/** Puts a client's operations together and checks each against the API. A problem names the operation, the file and the line. */
export function clientOperations(api: GraphQLSchema, { name: client, files }: ClientSources): ClientOperations {
  const parsed = files.map((file) => ({ file, ...parsedFile(file) }));
  const fragments = new Map(parsed.flatMap(({ document }) => document?.definitions ?? []).filter(isFragment).map((each) => [each.name.value, each]));
  const found = parsed.flatMap(({ file, document }) => (document?.definitions ?? []).filter(isOperation).map((definition) => ({ file, definition })));
  const problems = [
    ...parsed.flatMap(({ problem }) => problem ?? []),
    ...found.flatMap(({ file, definition }) => misnamed(file, definition)),
    ...found.flatMap(({ file, definition }) => invalid(api, file, documentOf(definition, fragments))),
    ...sharedNames(found.map(({ definition }) => nameOf(definition))),
    ...unusedFragments(fragments, found.map(({ definition }) => documentOf(definition, fragments))),
  ];
  const operations = found.map(({ definition }) => operationOf(documentOf(definition, fragments), definition)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { client, operations, fragments: [...fragments.values()], problems: problems.map((line) => `${client}: ${line}`) };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function parsedFile(file: OperationFile): { readonly document?: DocumentNode; readonly problem?: string } {
  try {
    return { document: parse(new Source(file.text, file.path)) };
  } catch (error) {
    return { problem: error instanceof GraphQLError ? sentenceOf(error, file) : String(error) };
  }
}

/** The operation and, after it, the fragments it needs in the order of their names: so that moving a file moves no id. */
function documentOf(definition: OperationDefinitionNode, fragments: Fragments): DocumentNode {
  const needed = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value: name } }) {
        const fragment = fragments.get(name);
        if (!fragment || needed.has(name)) return;
        needed.set(name, fragment);
        collect(fragment);
      },
    });
  };
  collect(definition);
  const sorted = [...needed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fragment]) => fragment);
  return { kind: Kind.DOCUMENT, definitions: [definition, ...sorted] };
}

function operationOf(document: DocumentNode, definition: OperationDefinitionNode): ClientOperation {
  const text = print(document);
  const id = createHash('sha256').update(text).digest('hex');
  return { id, name: nameOf(definition), kind: definition.operation, text, document: parse(text, { noLocation: true }) };
}

/** One operation a file, named as the operation, so that it is found by its name. */
function misnamed(file: OperationFile, definition: OperationDefinitionNode): string[] {
  const name = nameOf(definition);
  const expected = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return fileNameOf(file) === expected ? [] : [`${name}: expected it in a file of its own, ${expected}.graphql (${file.path})`];
}

function invalid(api: GraphQLSchema, file: OperationFile, document: DocumentNode): string[] {
  return validate(api, document).map((error) => sentenceOf(error, file, document));
}

function sentenceOf(error: GraphQLError, file: OperationFile, document?: DocumentNode): string {
  const source = error.source ?? new Source(file.text, file.path);
  const at = error.positions?.[0];
  const line = at === undefined ? '' : `:${getLocation(source, at).line}`;
  const definition = document?.definitions.find(isOperation);
  return `${definition ? nameOf(definition) : fileNameOf(file)}: ${error.message} (${source.name}${line})`;
}

function sharedNames(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => `${name}: two operations have this name`);
}

function unusedFragments(fragments: Fragments, documents: readonly DocumentNode[]): string[] {
  const used = new Set(documents.flatMap(({ definitions }) => definitions.filter(isFragment)).map((each) => each.name.value));
  return [...fragments.keys()].filter((name) => !used.has(name)).map((name) => `${name}: no operation uses this fragment`);
}

function nameOf(definition: OperationDefinitionNode): string {
  return definition.name?.value ?? '(unnamed)';
}

function isOperation(node: DocumentNode['definitions'][number]): node is OperationDefinitionNode {
  return node.kind === Kind.OPERATION_DEFINITION;
}

function isFragment(node: DocumentNode['definitions'][number]): node is FragmentDefinitionNode {
  return node.kind === Kind.FRAGMENT_DEFINITION;
}
