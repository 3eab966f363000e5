import { Kind, parse, type DefinitionNode, type DirectiveNode, type FieldDefinitionNode, type InputValueDefinitionNode, type StringValueNode } from 'graphql';
import type { Finding } from './finding.js';
import { wordsOf } from './names.js';

const wordsMin = 4;
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** A thing with a name and perhaps a description. `within` is the name of what it belongs to. */
interface Described {
  readonly path: string;
  readonly name: string;
  readonly within: string;
  readonly description: StringValueNode | undefined;
}

/**
 * What of an SDL is not described by at least four words, or only by its own name again. In a subgraph's SDL a stub of
 * another's entity, and its key and external fields, have no description of their own: the owner's must win.
 */
export function undescribed(file: string, sdl: string): Finding[] {
  const things = parse(sdl, { noLocation: true }).definitions.flatMap(thingsIn);
  return things.flatMap((thing) => {
    const what = whatIsWrong(thing);
    return what === undefined ? [] : [`${file}:${lineOf(sdl, thing.path)}: ${thing.path} ${what}`];
  });
}

/** The types that an SDL names without describing: somebody else's entities. */
export function stubsIn(sdl: string): string[] {
  return parse(sdl, { noLocation: true }).definitions.flatMap((definition) => ('name' in definition && definition.name && isEntityStub(definition) ? [definition.name.value] : []));
}

function thingsIn(definition: DefinitionNode): Described[] {
  if (!('name' in definition) || definition.name === undefined || definition.kind === Kind.DIRECTIVE_DEFINITION) return [];
  const name = definition.name.value;
  const isStub = isEntityStub(definition);
  const own = rootTypes.has(name) || isStub || !('description' in definition) ? [] : [{ path: name, name, within: '', description: definition.description }];
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) return [...own, ...(definition.values ?? []).map((value) => thing(name, value))];
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [...own, ...(definition.fields ?? []).map((field) => thing(name, field))];
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return own;
  const keys = isStub ? keyFields(definition.directives ?? []) : new Set<string>();
  const fields = (definition.fields ?? []).filter((field) => !isStub || !(keys.has(field.name.value) || has(field, 'external') || has(definition, 'external')));
  return [...own, ...fields.flatMap((field) => [thing(name, field), ...(field.arguments ?? []).map((argument) => thing(`${name}.${field.name.value}`, argument))])];
}

/** An entity, or what `@requires` needs of a type, that this subgraph does not describe: somebody else's. */
function isEntityStub(definition: DefinitionNode): boolean {
  const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
  if (!isObject || ('description' in definition && definition.description)) return false;
  return has(definition, 'key') || has(definition, 'external');
}

function thing(within: string, node: FieldDefinitionNode | InputValueDefinitionNode | { readonly name: { readonly value: string }; readonly description?: StringValueNode }): Described {
  return { path: `${within}.${node.name.value}`, name: node.name.value, within, description: node.description };
}

function whatIsWrong({ name, within, description }: Described): string | undefined {
  const words = description?.value.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu) ?? [];
  if (words.length === 0) return 'has no description';
  if (words.length < wordsMin) return `is described in ${words.length} words, at least ${wordsMin}: "${description?.value}"`;
  const known = new Set([...wordsOf(name), ...within.split('.').flatMap(wordsOf), ...small]);
  return words.every((word) => known.has(word.toLowerCase()) || known.has(word.toLowerCase().replace(/s$/, ''))) ? `says its name again: "${description?.value}"` : undefined;
}

const small = 'a an and are as at by for from has in is it its of on or that the this to was which with'.split(' ');

function keyFields(directives: readonly DirectiveNode[]): Set<string> {
  const keys = directives.filter((directive) => directive.name.value === 'key').flatMap((directive) => directive.arguments ?? []);
  return new Set(keys.flatMap(({ name, value }) => (name.value === 'fields' && value.kind === Kind.STRING ? value.value.split(/[\s{}]+/) : [])));
}

function has(node: { readonly directives?: readonly DirectiveNode[] }, name: string): boolean {
  return (node.directives ?? []).some((directive) => directive.name.value === name);
}

/** Where the last step of a path is declared; good enough to click on. */
function lineOf(sdl: string, path: string): number {
  const lines = sdl.split('\n');
  return path.split('.').reduce((from, step) => {
    const found = lines.findIndex((line, at) => at >= from && new RegExp(`(^|[\\s(])${step}\\b`).test(line) && !/^\s*(#|""")/.test(line));
    return found < 0 ? from : found;
  }, Math.max(0, lines.findIndex((line) => new RegExp(`^(?:extend )?\\w+ ${path.split('.')[0]}\\b`).test(line)))) + 1;
}
