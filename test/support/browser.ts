import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A browser of this machine, or why there is none. */
export type FoundChromium = { readonly file: string } | { readonly why: string };

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** `CHROMIUM_PATH` wins; nothing is downloaded. */
export function findChromium(env: NodeJS.ProcessEnv): FoundChromium {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined) return existsSync(named) ? { file: named } : { why: 'there is no file where CHROMIUM_PATH says' };
  const file = usual.find((path) => existsSync(path));
  return file ? { file } : { why: 'this machine has no Chromium and CHROMIUM_PATH names none' };
}

/** Starts it, unseen, with nothing that calls home. */
export function openBrowser(file: string): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'];
  // Root has no sandbox of Chromium's; what is opened is our own page.
  return chromium.launch({ executablePath: file, args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet });
}

/** What axe-core finds on a page that keeps people out: serious and critical, by rule, with where. */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ').slice(0, 500)}`);
}
