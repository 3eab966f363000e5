import { scriptValue, type ExplorerSettings } from './explorer-settings.js';

/** The bar's height, in pixels. */
export const barPixels = 40;

/** The styles of the bar. */
export const barStyle = `
  #haat-bar { box-sizing: border-box; height: ${barPixels}px; display: flex; gap: 12px; align-items: center; padding: 0 16px; font: 14px system-ui, sans-serif; background: #14213d; color: #fff; }
  #haat-bar select { font: inherit; padding: 2px 6px; }
  #haat-bar output { color: #fca311; }
`;

/** The bar itself: who to look as, and how that went. */
export const barHtml = `<div id="haat-bar"><strong>Haat</strong><label for="haat-who">Sign in as…</label><select id="haat-who"></select><output id="haat-said"></output></div>`;

const signIn = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSucceeded { accessToken } ... on Problem { message } } }';

/**
 * A script that fills the bar and calls `open(headers)` once it is known as whom to look. Who was chosen is kept for the
 * tab and signed in anew each time the page is loaded, so that no old token is used; tokens are kept nowhere.
 */
export function barScript(settings: ExplorerSettings): string {
  return `
    async function haatBar(open) {
      const { logins, baseDomains, tenant } = ${scriptValue(settings)};
      const host = location.hostname;
      const base = baseDomains.find((domain) => host.endsWith('.' + domain));
      const here = base ? host.slice(0, -base.length - 1) : undefined;
      const known = logins.filter((login) => here === undefined || login.tenant === here);
      const places = [...new Set([here ?? tenant, ...known.map((login) => login.tenant)])].filter(Boolean);
      const choices = [...places.map((place) => ({ title: 'a guest at ' + place, place })), ...known.map((login) => ({ title: login.role.toLowerCase() + ', ' + login.email + ' at ' + login.tenant, place: login.tenant, login }))];
      const who = document.getElementById('haat-who');
      const said = document.getElementById('haat-said');
      choices.forEach(({ title }, at) => who.add(new Option(title, String(at))));
      const chosen = choices[Number(sessionStorage.getItem('haat-who') ?? 0)] ?? choices[0];
      who.value = String(choices.indexOf(chosen));
      who.addEventListener('change', () => { sessionStorage.setItem('haat-who', who.value); location.reload(); });
      const headers = chosen && here === undefined ? { 'x-haat-tenant': chosen.place } : {};
      try {
        if (chosen?.login) headers.authorization = 'Bearer ' + await haatToken(chosen.login, headers);
        if (chosen?.login) said.value = 'Signed in; load the page again when the token ends.';
      } catch (error) {
        said.value = error.message;
      }
      open(headers);
    }
    async function haatToken({ email, password }, headers) {
      const body = JSON.stringify({ query: ${scriptValue(signIn)}, variables: { input: { email, password } } });
      const response = await fetch('/graphql', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
      const { data, errors } = await response.json();
      if (!data?.signIn?.accessToken) throw new Error('Not signed in: ' + (errors?.[0]?.message ?? data?.signIn?.message ?? data?.signIn?.__typename));
      return data.signIn.accessToken;
    }
  `;
}
