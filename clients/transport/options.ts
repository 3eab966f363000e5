/** How the door is reached. */
export interface TransportOptions {
  /** Of `/graphql`, by http or https. A function is asked for each request and each socket. */
  readonly url: string | (() => string);
  /** The access token now, undefined for a guest. With `isRefused` the last one was not taken: answer another one, or the same to give up. */
  token?(why: { readonly isRefused: boolean }): string | undefined | Promise<string | undefined>;
  /** Other headers of the door, such as `x-haat-tenant` and `x-haat-cart`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends texts beside ids, for a door that does not know our operations. */
  readonly sendsTexts?: boolean;
  /** How long an answer to one request is waited for, in milliseconds. */
  readonly timeoutMs?: number;
  /** Where the environment has none, or another one is wanted. */
  readonly WebSocket?: typeof globalThis.WebSocket;
}

/** An error as GraphQL answers it. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The address of one try. */
export function urlOf({ url }: TransportOptions): string {
  return typeof url === 'string' ? url : url();
}

/** Every header of the door, with the token. */
export async function headersOf({ token, headers }: TransportOptions, isRefused = false): Promise<Record<string, string>> {
  const bearer = await token?.({ isRefused });
  return { ...headers, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) };
}
