import type { Transport } from '@haat/transport-client/transport';
import { ConfirmSecondFactor, RefreshSession, SignIn, SignOut } from '../../generated/operations.js';
import { kept, type Kept } from '../door/kept.js';
import { dataOf, type ProblemAnswer } from '../door/refused.js';
import type { Storage } from '../door/storage.js';
import type { SecondFactor, SignedIn, SignInProblem, Viewer } from './viewer.js';

/** Who looks at the page. */
export type SessionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'guest'; readonly isEnded: boolean }
  | { readonly kind: 'signedIn'; readonly viewer: Viewer };

/** The session of this page. */
export interface Session {
  readonly state: Kept<SessionState>;
  /** Takes up the session this browser remembers. Never throws: without an answer it is tried again with the first token that is wanted. */
  begin(): Promise<void>;
  signIn(email: string, password: string): Promise<SecondFactor | SignInProblem | undefined>;
  confirm(challenge: string, code: string): Promise<ProblemAnswer | undefined>;
  signOut(): Promise<void>;
  /** A token that is good for a while; undefined for a guest. Throws when the door cannot be reached. */
  accessToken(isRefused: boolean): Promise<string | undefined>;
}

/** What a session is made of. */
export interface SessionParts {
  /** Without a token of its own. */
  readonly plain: Transport;
  /** With the viewer's. */
  readonly own: () => Transport;
  readonly storage: Storage;
  /** Runs one after the other whatever has this name, in all windows of this browser. */
  readonly alone: <T>(name: string, run: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  /** A text that nobody else makes. */
  readonly newKey: () => string;
}

const refreshName = 'haat.refresh';
/** The `Idempotency-Key` under which the refresh token that is kept is used. */
const tryName = 'haat.refresh.try';
/** A token that ends sooner is renewed before it is used, in milliseconds. */
const tokenLeftMsMin = 20_000;
/** A browser that begins without the door tries again after this, in milliseconds. */
const beginAgainMs = 2_000;

/**
 * The access token is held in memory only. The refresh token is kept by the browser, so that a page loaded anew goes on; it is
 * good once, so windows of one browser use it one after the other and leave the next one to each other. Before it is used the
 * browser keeps a key for that use: whoever comes after a page that was closed, or an answer that was lost, on the way gets the
 * same answer under the same key.
 */
export function openSession({ plain, own, storage, alone, now, newKey }: SessionParts): Session {
  const state = kept<SessionState>({ kind: 'starting' });
  let token: { readonly text: string; readonly endsAt: number } | undefined;
  let refreshing: Promise<void> | undefined;

  const take = ({ accessToken, accessTokenExpiresAt, refreshToken, viewer }: SignedIn): undefined => {
    token = { text: accessToken, endsAt: Date.parse(accessTokenExpiresAt) };
    keep(refreshToken);
    state.set({ kind: 'signedIn', viewer });
  };
  const keep = (refreshToken: string | undefined): void => {
    storage.write(refreshName, refreshToken);
    storage.write(tryName, undefined);
  };
  const leave = (isEnded: boolean): void => {
    token = undefined;
    keep(undefined);
    state.set({ kind: 'guest', isEnded });
  };
  const keyOfTry = (): string => {
    const key = storage.read(tryName) ?? newKey();
    storage.write(tryName, key);
    return key;
  };
  const renew = async (): Promise<void> => {
    const refreshToken = storage.read(refreshName);
    if (refreshToken === undefined) return leave(state.value.kind === 'signedIn');
    const { refreshSession } = dataOf(await plain.ask(RefreshSession, { input: { refreshToken } }, { idempotencyKey: keyOfTry() }));
    // Who signed out, or in as somebody else, while this was on its way is not brought back by it.
    if (storage.read(refreshName) !== refreshToken) return renew();
    if (refreshSession.__typename === 'SignInSucceeded') take(refreshSession);
    else leave(true);
  };
  const refresh = (): Promise<void> => alone(refreshName, renew);

  const session: Session = {
    state,
    async begin() {
      while (state.value.kind === 'starting') {
        await (refreshing ??= refresh().finally(() => { refreshing = undefined; })).catch(() => undefined);
        if (state.value.kind === 'starting') await new Promise((resolve) => setTimeout(resolve, beginAgainMs));
      }
    },
    async signIn(email, password) {
      const { signIn: answer } = dataOf(await plain.ask(SignIn, { input: { email, password } }));
      return answer.__typename === 'SignInSucceeded' ? take(answer) : answer;
    },
    async confirm(challenge, code) {
      const { confirmSecondFactor: answer } = dataOf(await plain.ask(ConfirmSecondFactor, { input: { challenge, code } }));
      return answer.__typename === 'SignInSucceeded' ? take(answer) : answer;
    },
    async signOut() {
      // Told to the door where it can be reached; here it is over in any case.
      await own().ask(SignOut, {}).catch(() => undefined);
      leave(false);
    },
    async accessToken(isRefused) {
      if (state.value.kind !== 'signedIn') return undefined;
      if (token && !isRefused && token.endsAt - now() > tokenLeftMsMin) return token.text;
      await (refreshing ??= refresh().finally(() => { refreshing = undefined; }));
      return token?.text;
    },
  };
  return session;
}
