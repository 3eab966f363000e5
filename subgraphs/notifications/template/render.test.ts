import { describe, expect, it } from 'vitest';
import { builtInTemplate } from './built-in/built-in-templates.js';
import { templateFaults } from './check-template.js';
import { render } from './render.js';
import { TemplateKind } from './template-kind.js';

const texts = { subject: 'For {{name}} of {{marketplace}}', text: 'Hello {{name}},\n\n{{code}}\n\n{{link}}' };

describe('A filled-in template', () => {
  it('escapes values in HTML and in nothing else', () => {
    const { text, html } = render(texts, { name: `<a href='x'>"&` }, 'en');
    expect(text).toContain(`Hello <a href='x'>"&,`);
    expect(html).toContain('Hello &lt;a href=&#39;x&#39;&gt;&quot;&amp;,');
  });

  it('does not read values as templates', () => {
    expect(render(texts, { name: '{{code}}', code: '123456' }, 'en').text).toContain('Hello {{code}},');
    expect(render(texts, { name: '$&{{link}}$1', link: 'x' }, 'en').subject).toBe('For $&{{link}}$1 of');
  });

  it('keeps a subject on its line', () => {
    expect(render(texts, { name: 'Eve\r\nBcc: a@b.example', marketplace: 'A\u2028B' }, 'en').subject).toBe('For Eve Bcc: a@b.example of A B');
  });

  it('leaves no gap where there is no name, and names its language and its direction', () => {
    expect(render(texts, {}, 'en').text).toMatch(/^Hello,/);
    expect(render(texts, {}, 'ar-EG').html).toContain('<html lang="ar-EG" dir="rtl">');
  });

  it('shows a code large, and a link as one that can be followed', () => {
    const { html } = render(texts, { code: '123456', link: 'https://a.example/?b=1&c="' }, 'en');
    expect(html).toMatch(/<p style="[^"]*">123456<\/p>/);
    expect(html).toContain('<a href="https://a.example/?b=1&amp;c=&quot;">');
  });
});

describe('The words built in', () => {
  it.each(['en', 'bn', 'sv'].flatMap((locale) => Object.values(TemplateKind).map((kind) => [locale, kind] as const)))('in %s for %s keep the rules of their kind', (locale, kind) => {
    const template = builtInTemplate(kind, locale);
    expect(template && templateFaults(kind, template)).toEqual([]);
  });

  it('are none in other languages', () => expect(builtInTemplate(TemplateKind.INVITATION, 'constructor')).toBeUndefined());
});
