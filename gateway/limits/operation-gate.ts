import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { OperationContext } from '../operation-context.js';
import type { Spending } from '../rate/spending.js';
import { headersOfError, statusOfError } from '../refused-response.js';
import { checkSize } from './document-size.js';
import { fragmentsOf } from './expanded-size.js';
import { knownTexts } from './known-texts.js';
import { limitsFor, type OperationLimits } from './limits.js';
import { checkCost, prices } from './priced.js';
import { checkVariables } from './variable-size.js';

/** An operation that was found valid. */
export interface ValidOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** What stands between an operation's text and its plan. */
export interface OperationGate {
  /** Before anything of it is read: refuses with `RATE_LIMITED` whose address has nothing left. */
  checkSender(context: OperationContext): void;
  /** Before anything parses it: refuses what is too large. */
  checkText(text: string, context: OperationContext): void;
  /** Of a valid operation: refuses what costs too much, and takes its price. */
  checkOperation(operation: ValidOperation, context: OperationContext): Promise<void>;
  /** Notes the text's hash; after it was found valid its cost, and refuses what costs too much. Nothing is planned before. */
  readonly plugin: ApolloServerPlugin<OperationContext>;
}

/** Makes it. What an operation costs is taken from what its caller has left. */
export function operationGate(spending: Spending): OperationGate {
  const texts = knownTexts();
  const priceList = prices();
  const checkOperation: OperationGate['checkOperation'] = async ({ schema, document, operation, variables }, context) => {
    checkVariables(variables);
    const limits = limitsOf(context);
    const cost = priceList.of(schema, document, operation, variables ?? {});
    context.record.cost = { requested: cost.points, limit: limits.queryCost };
    checkCost(cost, limits, { schema, operation, fragments: fragmentsOf(document), variables: variables ?? {} });
    const mutations = operation.operation === 'mutation' ? cost.rootFields : [];
    if (!context.isPaid) await spending.spend(context, { points: cost.points, costMax: limits.queryCost, mutations });
  };
  return {
    checkOperation,
    checkSender: (context) => spending.check(context, limitsOf(context).queryCost),
    checkText(text, context) {
      const { hash, size } = texts.of(text);
      try {
        checkSize(size, limitsOf(context));
      } catch (error) {
        context.record.hash = hash;
        throw error;
      }
    },
    plugin: {
      async requestDidStart({ contextValue: context }) {
        return {
          async didResolveSource({ source }) {
            context.record.hash = texts.again(source).hash;
          },
          didResolveOperation: ({ schema, document, operation, request: { variables } }) => answerable(async () => {
            if (operation) await checkOperation({ schema, document, operation, variables }, context);
          }),
        };
      },
    },
  };
}

/** Apollo Server takes what is thrown here for its own failure, unless it says which status it wants. */
async function answerable(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const headers = new HeaderMap(Object.entries(headersOfError(error)));
    throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: statusOfError(error), headers } } });
  }
}

/** By the plan's limits, of which there is one object for as long as the tenant is kept in mind. */
const known = new WeakMap<object, OperationLimits>();

function limitsOf({ internal: { tenant } }: OperationContext): OperationLimits {
  const found = known.get(tenant.limits) ?? limitsFor(tenant.limits);
  known.set(tenant.limits, found);
  return found;
}
