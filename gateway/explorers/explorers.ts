import { randomBytes } from 'node:crypto';
import type { DoorResponse } from '../door-message.js';
import type { ExplorerSettings } from './explorer-settings.js';
import { graphiqlPage, graphiqlPolicy } from './graphiql-page.js';
import { sandboxPage, sandboxPolicy } from './sandbox-page.js';

/** Pages to try operations on, by path. */
export type Explorers = ReadonlyMap<string, () => Promise<DoorResponse>>;

/** Makes them. In production there is nobody to sign in as, whatever is given. */
export function explorers(settings: ExplorerSettings, env: Readonly<Record<string, string | undefined>> = process.env): Explorers {
  const safe = env['NODE_ENV'] === 'production' ? { ...settings, logins: [] } : settings;
  let graphiql: Promise<string> | undefined;
  return new Map([
    ['/sandbox', async () => {
      const nonce = randomBytes(16).toString('base64');
      return html(sandboxPage(safe, nonce), sandboxPolicy(nonce));
    }],
    ['/graphiql', async () => html(await (graphiql ??= graphiqlPage(safe)), graphiqlPolicy)],
  ]);
}

function html(body: string, policy: string): DoorResponse {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }, body };
}
