import type { Context } from './context.js';
import { BodyTooLarge, json, type HttpRequest, type HttpResponse } from './http.js';
import type { Route, RouteRequest } from './routes.js';

/** Finds the route of a request below `/hooks/<subgraph>` and answers by it; undefined where there is none. */
export async function answerByRoute(routes: readonly Route[], subgraph: string, request: HttpRequest, ctx: Context): Promise<HttpResponse | undefined> {
  const url = new URL(request.url, 'http://subgraph');
  const path = url.pathname.replace(`/hooks/${subgraph}`, '');
  for (const route of routes) {
    const parameters = route.method === request.method ? parametersOf(route.path, path) : undefined;
    if (parameters) return answer(route, { method: request.method, path, query: url.searchParams, headers: request.headers, body: bounded(request.body, route.bodyBytesMax) }, parameters, ctx);
  }
  return undefined;
}

/** The values of `:name` steps, or undefined when the path is another. */
export function parametersOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const steps = path.split('/');
  if (wanted.length !== steps.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const step = steps[i] ?? '';
    if (want.startsWith(':') && step !== '') parameters[want.slice(1)] = decodeURIComponent(step);
    else if (want !== step) return undefined;
  }
  return parameters;
}

async function answer(route: Route, request: RouteRequest, parameters: Record<string, string>, ctx: Context): Promise<HttpResponse> {
  try {
    const response = await route.answer(ctx as Context<never, never, never>, request, parameters);
    return { status: response.status, headers: response.headers ?? {}, body: response.body ?? '' };
  } catch (error) {
    if (error instanceof BodyTooLarge) return json(413, { code: 'BAD_USER_INPUT', message: error.message });
    throw error;
  }
}

/** A stream that ends with {@link BodyTooLarge} at the limit, whatever was declared. */
async function* bounded(body: HttpRequest['body'], bytesMax: number): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new BodyTooLarge(bytesMax);
    yield part;
  }
}
