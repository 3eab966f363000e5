import type { HttpRequest, HttpResponse } from '@haat/kit/http';
import type { Operation, OperationAnswer } from '@haat/kit/server';

/** A subgraph that runs in this process. The kit's running subgraph is one. */
export interface LocalSubgraph {
  readonly name: string;
  execute(operation: Operation): Promise<OperationAnswer>;
  handle(request: HttpRequest): Promise<HttpResponse>;
}
