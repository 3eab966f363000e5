import type { GraphQLDataSource } from '@apollo/gateway';
import type { OperationAnswer } from '@haat/kit/server';
import type { Log } from '@haat/kit/log';
import { unavailable } from '@haat/kit/refusal';
import { bodyDigest } from '@haat/kit/signing';
import type { OperationContext } from '../operation-context.js';
import { refusedAsTooLarge, type RemoteSubgraph } from '../subgraph-addresses.js';
import { aPart } from '../subgraph-breakers.js';
import { changes, contextHeaders, type SubgraphRequests } from '../subgraph-request.js';
import { answerInstead, notePerson, readAnswer } from './subgraph-answer.js';

/** Asks a subgraph over pooled connections; what changes nothing once more where a connection broke. */
export function remoteSource(subgraph: RemoteSubgraph, requests: SubgraphRequests, log: Log): GraphQLDataSource<OperationContext> {
  return {
    async process({ request, context }) {
      const operation = context as OperationContext;
      const { query, variables, operationName } = request;
      try {
        const body = JSON.stringify({ query, variables, operationName });
        // Each try is signed by itself: a subgraph takes a signature once.
        const sign = (): Promise<string> => requests.signDigest(operation, subgraph.name, bodyDigest(body));
        // A change may have been made though its answer was lost: only its client knows whether to try again.
        const mayRepeat = query !== undefined && !changes(query);
        const answer = await requests.timed(operation, subgraph.name, (signal) => post({ subgraph, body, sign, signal }, mayRepeat, log), changes(query));
        notePerson(operation, answer);
        return readAnswer(answer, subgraph.name, request, log);
      } catch (error) {
        notePerson(operation);
        return answerInstead(error, subgraph.name, request, log);
      }
    },
  };
}

interface Call {
  readonly subgraph: RemoteSubgraph;
  readonly body: string;
  sign(): Promise<string>;
  readonly signal: AbortSignal;
}

async function post(call: Call, mayRepeat: boolean, log: Log): Promise<OperationAnswer> {
  try {
    return await sent(call).catch((error: unknown) => {
      if (mayRepeat && isConnectionLost(error) && !call.signal.aborted) return sent(call);
      throw error;
    });
  } catch (error) {
    if (!call.signal.aborted) log.warn({ err: error, subgraph: call.subgraph.name }, 'A subgraph could not be asked.');
    throw refusedAsTooLarge(error) ?? unavailable(aPart);
  }
}

async function sent({ subgraph, body, sign, signal }: Call): Promise<OperationAnswer> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...contextHeaders(await sign()) };
  const response = await subgraph.pool.request({ path: subgraph.graphqlPath, method: 'POST', headers, body, signal });
  return answerIn(await response.body.text(), response.statusCode);
}

/** As when a subgraph that was restarted has closed the connections that we kept: the next one is good. */
function isConnectionLost(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(String((error as { code?: unknown }).code));
}

/** Any status may carry a GraphQL answer; what carries none comes from something else that stands in the way. */
function answerIn(text: string, status: number): OperationAnswer {
  const answer: unknown = JSON.parse(text);
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw new Error(`Expected a GraphQL answer, got status ${status} with something else.`);
  return answer as OperationAnswer;
}
