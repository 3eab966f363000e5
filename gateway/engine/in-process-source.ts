import type { GraphQLDataSource } from '@apollo/gateway';
import type { Log } from '@haat/kit/log';
import type { LocalSubgraph } from '../local-subgraph.js';
import type { OperationContext } from '../operation-context.js';
import { changes, type SubgraphRequests } from '../subgraph-request.js';
import { answerInstead, notePerson, readAnswer } from './subgraph-answer.js';

/** Asks a subgraph of this process: no socket and no HTTP, the same signature, deadline and error rules. */
export function inProcessSource(subgraph: LocalSubgraph, requests: SubgraphRequests, log: Log): GraphQLDataSource<OperationContext> {
  return {
    async process({ request, context }) {
      const operation = context as OperationContext;
      try {
        const contextToken = await requests.sign(operation, subgraph.name);
        const { query = '', variables, operationName } = request;
        const answer = await requests.timed(operation, subgraph.name, () => subgraph.execute({ query, variables, operationName, contextToken }), changes(query));
        notePerson(operation, answer);
        return readAnswer(answer, subgraph.name, request, log);
      } catch (error) {
        notePerson(operation);
        return answerInstead(error, subgraph.name, request, log);
      }
    },
  };
}
