import { firstMarketplaceOperation, firstOperation, scriptValue, type ExplorerSettings } from './explorer-settings.js';
import { barHtml, barPixels, barScript, barStyle } from './sign-in-bar.js';

/** The rules of the page: everything is in it, and it may call nobody but us. Its editor starts workers from what is in it. */
export const graphiqlPolicy = [
  'default-src \'none\'', 'script-src \'unsafe-inline\' blob:', 'worker-src blob:', 'style-src \'unsafe-inline\'', 'font-src data:', 'img-src data:',
  'connect-src \'self\' ws: wss:', 'base-uri \'none\'', 'form-action \'none\'', 'frame-ancestors \'none\'',
].join('; ');

/** GraphiQL in one page that needs no internet, with the bar above it. It is 9 MB, so it is loaded when first asked for. */
export async function graphiqlPage(settings: ExplorerSettings): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const options = { title: 'Haat: GraphiQL', endpoint: '/graphql', subscriptionsProtocol: 'WS', query: settings.logins.length > 0 ? firstMarketplaceOperation : firstOperation };
  const page: string = renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]);
  return withBar(page, JSON.stringify(options), settings);
}

/** The page starts itself as it is parsed; with the bar it starts when it is known as whom. */
function withBar(page: string, options: string, settings: ExplorerSettings): string {
  const start = page.lastIndexOf('YogaGraphiQL.renderYogaGraphiQL(');
  const end = page.indexOf(');', page.indexOf(options, start) + options.length) + 2;
  if (start < 0 || end < start) throw new Error('GraphiQL\'s page is not made as expected: look at its new version.');
  const opening = `${barScript(settings)}
        haatBar((headers) => YogaGraphiQL.renderYogaGraphiQL(window.document.querySelector('#root'), { ...${scriptValue(JSON.parse(options))}, additionalHeaders: headers, connectionParams: headers }));`;
  const whole = page.slice(0, start) + opening + page.slice(end);
  const styled = insertedBefore(whole, '</head>', `<style>${barStyle} #root, .graphiql-container { height: calc(100vh - ${barPixels}px) !important; }</style>`);
  return insertedBefore(styled, '<div id="root">', barHtml);
}

function insertedBefore(page: string, mark: string, text: string): string {
  const at = page.indexOf(mark);
  if (at < 0) throw new Error(`GraphiQL's page has no ${mark}: look at its new version.`);
  return page.slice(0, at) + text + page.slice(at);
}
