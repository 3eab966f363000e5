import { Kind, parse, type ObjectTypeDefinitionNode, type UnionTypeDefinitionNode } from 'graphql';
import type { Finding } from './finding.js';

/** Results of mutations that can be no problem: `... on Problem { message }` would not even be valid on them, and every client asks for it. */
export function withoutProblem(path: string, sdl: string): Finding[] {
  const { definitions } = parse(sdl);
  const problems = new Set(definitions.filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION && isProblem(node)).map(({ name }) => name.value));
  const results = definitions.filter((node): node is UnionTypeDefinitionNode => node.kind === Kind.UNION_TYPE_DEFINITION && node.name.value.endsWith('Result'));
  return results.filter(({ types = [] }) => !types.some(({ name }) => problems.has(name.value))).map(({ name, loc }) => `${path}:${loc?.startToken.line ?? 1}: ${name.value} has no member that is a Problem`);
}

function isProblem({ interfaces = [] }: ObjectTypeDefinitionNode): boolean {
  return interfaces.some(({ name }) => name.value === 'Problem');
}
