import type { Answer } from '../incoming.js';
import { html, type Html } from './html.js';

const style = `
  :root { color-scheme: light dark; --line: #7a8194; --strong: #3d3bd9; --on-strong: #fff }
  @media (prefers-color-scheme: dark) { :root { --strong: #a9a7ff; --on-strong: #14132b } }
  * { box-sizing: border-box }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 1rem; overflow-wrap: anywhere }
  h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 0 }
  article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0 }
  form { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; margin-top: .75rem }
  select, button { font: inherit; min-height: 2.75rem; width: 100%; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .4rem }
  button { background: var(--strong); color: var(--on-strong); border-color: var(--strong); font-weight: 600; cursor: pointer }
  button.plain { background: transparent; color: inherit; border-color: var(--line) }
  a { color: inherit } :focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
  dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .1rem 1rem; margin: .5rem 0 0 } dd { margin: 0 }
  .note { border-left: 4px solid var(--strong); padding: .25rem .75rem }
`;

/** A whole page. It loads nothing and runs nothing. */
export function page(title: string, body: Html, status = 200): Answer {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stripe simulator</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
<footer><p><small>A simulator for development. No money moves.</small></p></footer>
</body>
</html>
`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'", 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' };
  return { status, headers, body: whole.html };
}

/** Sends a browser elsewhere, to read. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}
