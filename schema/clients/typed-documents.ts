import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { Kind, parse, type GraphQLSchema } from 'graphql';
import type { ClientOperation, ClientOperations } from './client-operations.js';

/** Scalars as JSON carries them. */
const scalars = { DateTime: 'string', MinorUnits: 'number', CurrencyCode: 'string', CountryCode: 'string', Locale: 'string', ID: 'string', JSON: 'unknown' };

/**
 * A TypeScript module with one {@link TypedOperation} for each operation of a client, and the types that they need. The
 * client's operations must be good.
 */
export async function typedDocuments(api: GraphQLSchema, { operations, fragments }: ClientOperations): Promise<string> {
  const own = operations.map(({ document }) => ({ ...document, definitions: document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION) }));
  const shared = { kind: Kind.DOCUMENT, definitions: fragments } as const;
  const types = await codegen({
    schema: parse('scalar Unused'), schemaAst: api, filename: 'operations.ts', config: {},
    documents: [...own, shared].map((document, at) => ({ document, location: `${at}.graphql` })),
    pluginMap: { operationTypes },
    plugins: [{ operationTypes: { scalars, enumType: 'string-literal', immutableTypes: true, skipTypename: true, inlineFragmentTypes: 'inline', onlyOperationTypes: true } }],
  });
  return [`import type { TypedOperation } from '@haat/schema/clients/typed-operation';`, types.trim(), ...operations.map(constantOf), ''].join('\n\n');
}

function constantOf({ id, name, kind, text }: ClientOperation): string {
  const type = `${name}${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)}`;
  return [
    `export const ${name}: TypedOperation<${type}, ${type}Variables> = {`,
    `  id: '${id}',`,
    `  name: '${name}',`,
    `  kind: '${kind}',`,
    `  text: ${JSON.stringify(text)},`,
    '};',
  ].join('\n');
}
