import { createHash } from 'node:crypto';
import type { Context } from './context.js';
import { BodyTooLarge, json, type HttpRequest, type HttpResponse } from './http.js';
import { notFound, Refusal, unauthenticated } from './refusal.js';
import type { Route, RouteRequest } from './routes.js';
import { digestHeader } from './signing.js';

/** Finds the route of a request below `/hooks/<subgraph>` and answers by it; undefined where there is none. */
export async function answerByRoute(routes: readonly Route[], subgraph: string, request: HttpRequest, ctx: Context): Promise<HttpResponse | undefined> {
  const url = new URL(request.url, 'http://subgraph');
  const path = url.pathname.replace(`/hooks/${subgraph}`, '');
  for (const route of routes) {
    const parameters = route.method === request.method ? parametersOf(route.path, path) : undefined;
    if (!parameters) continue;
    mustBeCaller(route, path, ctx);
    return answer(route, { method: request.method, path, query: url.searchParams, headers: request.headers, body: checked(request, route.bodyBytesMax) }, parameters, ctx);
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
    const step = decoded(steps[i] ?? '');
    if (want.startsWith(':') && step) parameters[want.slice(1)] = step;
    else if (want !== step) return undefined;
  }
  return parameters;
}

/** A provider is nobody, in the tenant its address names; a viewer is somebody. */
function mustBeCaller(route: Route, path: string, ctx: Context): void {
  if (route.caller === 'viewer' && ctx.viewer.kind === 'GUEST') throw unauthenticated();
  if (route.caller === 'provider' && path.split('/').at(-1) !== ctx.tenant.slug) throw notFound('address');
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

/**
 * The body as it streams by: ends with {@link BodyTooLarge} at the limit, and with a refusal when, all read, it is not what
 * the gateway signed. Whoever acts on a body reads it to its end first.
 */
async function* checked({ body, headers }: HttpRequest, bytesMax: number): AsyncIterable<Uint8Array> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new BodyTooLarge(bytesMax);
    digest.update(part);
    yield part;
  }
  if (digest.digest('base64url') !== headers[digestHeader]) throw new Refusal('UNAUTHENTICATED', 'The body is not the one that was signed.');
}

function decoded(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}
