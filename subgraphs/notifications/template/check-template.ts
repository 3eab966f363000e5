import { htmlFaults } from './html-rules.js';
import type { TemplateTexts } from './render.js';
import { kindRules, subjectPlaceholders, type Placeholder, type TemplateKind } from './template-kind.js';

/** One thing wrong with a template. */
export interface Fault {
  readonly part: 'subject' | 'text' | 'html';
  readonly message: string;
}

/** What is wrong with a template of this kind: everything at once, in the order in which it is read. */
export function templateFaults(kind: TemplateKind, { subject, text, html }: TemplateTexts): Fault[] {
  const { allowed, required } = kindRules[kind];
  const inSubject = allowed.filter((name) => subjectPlaceholders.includes(name));
  return [
    ...faultsOf('subject', subject, { allowed: inSubject, required: [] }),
    ...faultsOf('text', text, { allowed, required }),
    ...(html === undefined ? [] : [...faultsOf('html', html, { allowed, required }), ...htmlFaults(html).map((message) => ({ part: 'html' as const, message }))]),
  ];
}

interface Rules {
  readonly allowed: readonly Placeholder[];
  readonly required: readonly Placeholder[];
}

function faultsOf(part: Fault['part'], template: string, { allowed, required }: Rules): Fault[] {
  const named = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const rest = template.replaceAll(/\{\{\w+\}\}/g, '');
  const unknown = [...new Set(named)].filter((name) => !(allowed as readonly string[]).includes(name));
  const missing = required.filter((name) => !named.includes(name));
  return [
    ...unknown.map((name) => ({ part, message: `{{${name}}} cannot be filled in here; ${allowed.map((each) => `{{${each}}}`).join(', ')} can` })),
    ...missing.map((name) => ({ part, message: `{{${name}}} must be in it, else the mail is of no use` })),
    ...(/\{\{|\}\}/.test(rest) ? [{ part, message: 'has double braces around something that is no placeholder' }] : []),
  ];
}
