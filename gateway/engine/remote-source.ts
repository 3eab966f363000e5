import type { GraphQLDataSource } from '@apollo/gateway';
import type { OperationAnswer } from '@haat/kit/server';
import type { Log } from '@haat/kit/log';
import { unavailable } from '@haat/kit/refusal';
import { bodyDigest } from '@haat/kit/signing';
import type { OperationContext } from '../operation-context.js';
import type { RemoteSubgraph } from '../subgraph-addresses.js';
import { aPart } from '../subgraph-breakers.js';
import { contextHeaders, type SubgraphRequests } from '../subgraph-request.js';
import { answerInstead, readAnswer } from './subgraph-answer.js';

/** Asks a subgraph over pooled connections. */
export function remoteSource(subgraph: RemoteSubgraph, requests: SubgraphRequests, log: Log): GraphQLDataSource<OperationContext> {
  return {
    async process({ request, context }) {
      const operation = context as OperationContext;
      const { query, variables, operationName } = request;
      try {
        const body = JSON.stringify({ query, variables, operationName });
        const token = await requests.signDigest(operation, subgraph.name, bodyDigest(body));
        const answer = await requests.timed(operation, subgraph.name, (signal) => post(subgraph, body, token, signal, log));
        return readAnswer(answer, subgraph.name, request, log);
      } catch (error) {
        return answerInstead(error, subgraph.name, request, log);
      }
    },
  };
}

async function post(subgraph: RemoteSubgraph, body: string, token: string, signal: AbortSignal, log: Log): Promise<OperationAnswer> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...contextHeaders(token) };
  try {
    const response = await subgraph.pool.request({ path: subgraph.graphqlPath, method: 'POST', headers, body, signal });
    const text = await response.body.text();
    return answerIn(text, response.statusCode);
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, subgraph: subgraph.name }, 'A subgraph could not be asked.');
    throw unavailable(aPart);
  }
}

/** Any status may carry a GraphQL answer; what carries none comes from something else that stands in the way. */
function answerIn(text: string, status: number): OperationAnswer {
  const answer: unknown = JSON.parse(text);
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw new Error(`Expected a GraphQL answer, got status ${status} with something else.`);
  return answer as OperationAnswer;
}
