import { describe, expect, it } from 'vitest';
import { htmlFaults } from './html-rules.js';

describe('HTML of a template', () => {
  it.each([
    'Only text, 1 &lt; 2', '<p>Hello<br>you</p>', '<a href="{{link}}" style="color: #fff; padding: 4px 8px;">Go</a>', '<a href="https://shop.example/a?b=c#d">Go</a>',
    '<a href="mailto:help@shop.example">Help</a>', '<img src="https://shop.example/logo.png" alt="Our logo" width="80" />', '<table width="100%"><tbody><tr><td>{{code}}</td></tr></tbody></table>',
  ])('may be %s', (html) => expect(htmlFaults(html)).toEqual([]));

  it.each([
    '<script>alert(1)</script>', '<SCRIPT>alert(1)</SCRIPT>', '<p onclick="alert(1)">x</p>', "<p title='x'>y</p>", '<p title=x>y</p>', '<a href="javascript:alert(1)">x</a>', '<a href="JAVASCRIPT:alert(1)">x</a>',
    '<a href=" https://shop.example">x</a>', '<a href="http://shop.example">x</a>', '<a href="//shop.example">x</a>', '<a href="https://shop.example\\@evil.example">x</a>', '<a href="https://user@evil.example">x</a>', '<a href="data:text/html,x">x</a>',
    '<a href="https://{{link}}">x</a>', '<a href="{{link}} ">x</a>', '<p title="{{name}}">x</p>', '<img src="{{link}}">', '<p style="background: url(https://evil.example)">x</p>', '<p style="position: fixed">x</p>',
    '<p style="width: expression(alert(1))">x</p>', '<p style="color: red: blue">x</p>', '<!-- x -->', '<![CDATA[x]]>', '<!doctype html>', '<p', '<p>open', '</p>', '<b><i>x</b></i>', '< p>x</p>', '<p/onclick="x">y</p>', '<svg><p>x</p></svg>',
    '<style>p { color: red }</style>', '<iframe src="https://evil.example"></iframe>', '<form action="https://evil.example"></form>', '<meta http-equiv="refresh">', '<base href="https://evil.example">', '<link rel="stylesheet">', '<constructor>x</constructor>', '<a __proto__="x">y</a>',
  ])('may not be %s', (html) => expect(htmlFaults(html)).toHaveLength(1));

  it('is looked through quickly, whatever it is', () => {
    const startedAt = performance.now();
    for (const html of ['<'.repeat(20_000), `<p ${'a="b" '.repeat(3_300)}`, `<p style="${'a:'.repeat(9_000)}">`, `<p style="${'margin-'.repeat(2_800)}:1">x</p>`, `<a href="https://${'a.'.repeat(9_000)}{">x</a>`]) expect(htmlFaults(html).length).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
