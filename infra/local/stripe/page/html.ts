/** A piece of a page that is safe to put into another. */
export interface Html {
  readonly html: string;
}

/** Puts texts into a page so that none of them is taken for markup. Pieces of pages and lists of them go in as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[])[]): Html {
  return { html: parts.map((part, at) => part + (at < values.length ? safe(values[at] ?? '') : '')).join('') };
}

function safe(value: string | number | Html | readonly Html[]): string {
  if (Array.isArray(value)) return (value as readonly Html[]).map((piece) => piece.html).join('\n');
  if (typeof value === 'object') return (value as Html).html;
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
