import { firstMarketplaceOperation, firstOperation, scriptValue, type ExplorerSettings } from './explorer-settings.js';
import { barHtml, barPixels, barScript, barStyle } from './sign-in-bar.js';

/** Where Apollo keeps the script that embeds Sandbox, and the page that it embeds. Neither is ours; both need the internet. */
const apollo = {
  script: 'https://embeddable-sandbox.cdn.apollographql.com/v2/embeddable-sandbox.umd.production.min.js',
  scriptOrigin: 'https://embeddable-sandbox.cdn.apollographql.com',
  pageOrigin: 'https://sandbox.embed.apollographql.com',
} as const;

/** Origins of Apollo's own explorer pages: in development they may call us, by HTTP and by socket, and nobody else from outside may. */
export const explorerOrigins: readonly string[] = ['https://studio.apollographql.com', apollo.pageOrigin];

/** The rules of the page (Content Security Policy, level 3): Apollo's script and frame, and calls to ourselves. */
export function sandboxPolicy(nonce: string): string {
  return [
    'default-src \'none\'', `script-src 'nonce-${nonce}' ${apollo.scriptOrigin}`, `frame-src ${apollo.pageOrigin}`, 'style-src \'unsafe-inline\'',
    'connect-src \'self\' ws: wss:', 'img-src \'self\' data:', 'base-uri \'none\'', 'form-action \'none\'', 'frame-ancestors \'none\'',
  ].join('; ');
}

/** Apollo Sandbox with our endpoint, our socket, the headers of whom one looks as, and a first operation. */
export function sandboxPage(settings: ExplorerSettings, nonce: string): string {
  const document = settings.logins.length > 0 ? firstMarketplaceOperation : firstOperation;
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Haat: Apollo Sandbox</title>
  <style>body { margin: 0; } #sandbox, #sandbox iframe { width: 100%; height: calc(100vh - ${barPixels}px); border: 0; } ${barStyle}</style>
</head>
<body>
  ${barHtml}
  <div id="sandbox">Apollo Sandbox loads from Apollo's site. Without the internet, use <a href="/graphiql">GraphiQL</a>.</div>
  <script nonce="${nonce}" src="${apollo.script}"></script>
  <script nonce="${nonce}">
    ${barScript(settings)}
    haatBar((headers) => {
      if (!window.EmbeddedSandbox) return;
      document.getElementById('sandbox').textContent = '';
      new window.EmbeddedSandbox({
        target: '#sandbox',
        initialEndpoint: location.origin + '/graphql',
        initialSubscriptionEndpoint: location.origin.replace(/^http/, 'ws') + '/graphql',
        endpointIsEditable: false,
        hideCookieToggle: true,
        runTelemetry: false,
        initialState: { document: ${scriptValue(document)}, variables: {}, headers, includeCookies: false },
      });
    });
  </script>
</body>
</html>
`;
}
