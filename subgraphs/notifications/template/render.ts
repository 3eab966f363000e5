import type { Placeholder, TemplateValues } from './template-kind.js';

/** What a template says: a line, a text, and where the marketplace has its own, the HTML beside it. */
export interface TemplateTexts {
  readonly subject: string;
  readonly text: string;
  /** Checked by html-rules.ts. Made from the text when absent. */
  readonly html?: string;
}

/** A mail's two parts, ready to be sent or shown. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  /** A whole document. */
  readonly html: string;
}

/**
 * Fills a template in. Every value is text wherever it lands: escaped in HTML, one line in the subject, and never looked
 * through for placeholders again.
 */
export function render(texts: TemplateTexts, values: TemplateValues, locale: string): Rendered {
  const subject = filled(texts.subject, values, oneLine);
  const text = withoutGaps(texts.text, values);
  const body = filled(texts.html ?? htmlOf(text), values, escaped);
  return { subject, text: filled(text, values, (value) => value), html: documentOf(body, { subject, locale }) };
}

/** A text as data inside HTML, between tags and in quoted attributes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A text without line breaks and other control characters. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** One pass: what a value brings is not read as a template. A value that is empty takes the space before it along. */
function filled(template: string, values: TemplateValues, safely: (value: string) => string): string {
  return template.replaceAll(/( ?)\{\{(\w+)\}\}/g, (_, space: string, name: string) => {
    const value = values[name as Placeholder] ?? '';
    return value === '' ? '' : `${space}${safely(value)}`;
  });
}

/** A text without the paragraphs that say where something is which is nowhere: a parcel that cannot be followed has no address to follow it at. */
function withoutGaps(text: string, values: TemplateValues): string {
  const absent = addresses.filter((name) => (values[name] ?? '') === '' && text.includes(`{{${name}}}`));
  return absent.length === 0 ? text : text.split(/\n{2,}/).filter((paragraph) => !absent.some((name) => paragraph.includes(`{{${name}}}`))).join('\n\n');
}

const addresses = ['link', 'tracking'] as const satisfies readonly Placeholder[];

/** Paragraphs as in the text; a code on a line of its own is written large, a link can be followed. */
function htmlOf(text: string): string {
  return escaped(text).split(/\n{2,}/).map((paragraph) => {
    if (paragraph.trim() === '{{code}}') return '<p style="font-size: 28px; font-weight: bold; letter-spacing: 4px">{{code}}</p>';
    return `<p>${paragraph.replaceAll('\n', '<br>').replaceAll(/\{\{(link|tracking)\}\}/g, '<a href="{{$1}}">{{$1}}</a>')}</p>`;
  }).join('\n');
}

function documentOf(body: string, { subject, locale }: { readonly subject: string; readonly locale: string }): string {
  return `<!doctype html>
<html lang="${escaped(locale)}" dir="${isRightToLeft(locale) ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin: 0; padding: 24px; font-family: sans-serif; font-size: 16px; line-height: 1.5">
${body}
</body>
</html>
`;
}

/** The scripts that are written from right to left, by their languages' subtags (Unicode CLDR). */
const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

function isRightToLeft(locale: string): boolean {
  return rightToLeft.has(locale.split('-')[0]?.toLowerCase() ?? '');
}
