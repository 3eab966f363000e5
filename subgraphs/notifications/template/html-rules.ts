/** Elements that a mail may be built of, and the attributes of each beside those of all. */
const elements: Readonly<Record<string, readonly string[]>> = {
  a: ['href'], b: [], blockquote: [], br: [], center: [], code: [], div: [], em: [], h1: [], h2: [], h3: [], hr: [], i: [],
  img: ['src', 'alt', 'width', 'height'], li: [], ol: [], p: [], small: [], span: [], strong: [], table: ['width', 'cellpadding', 'cellspacing', 'border'],
  tbody: [], td: ['width', 'colspan', 'valign'], th: ['width', 'colspan', 'valign'], thead: [], tr: [], u: [], ul: [],
};
const attributesOfAll = ['style', 'align', 'bgcolor', 'dir', 'lang', 'title'];
const withoutEnd = new Set(['br', 'hr', 'img']);

/** Properties of an inline style that cannot fetch, run or cover anything. */
const properties = /^(?:color|background-color|font(?:-(?:size|weight|family|style))?|line-height|letter-spacing|text-(?:align|decoration|transform)|(?:padding|margin|border)(?:-[a-z]+)*|(?:max-)?width|(?:max-)?height|vertical-align|display)$/;
const propertyValue = /^[\w#.,%' -]{1,200}$/;

const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z]+="[^"<>]*")*)\s*\/?>/y;
const attribute = /\s+([a-z]+)="([^"<>]*)"/g;
const address = /^(?:https:\/\/[\w.-]+(?::\d+)?(?:[/?#][^\s"{}\\]*)?|mailto:[^\s"{}\\?]+)$/;

/**
 * What in a marketplace's own HTML may not be in a mail. Only a small grammar is known, and everything outside of it is
 * named rather than cleaned away: so what is kept is what was checked, and safe to show in a browser as well.
 */
export function htmlFaults(html: string): string[] {
  const open: string[] = [];
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', tag.lastIndex)) {
    tag.lastIndex = at;
    const [whole, end, name = '', attributes = ''] = tag.exec(html) ?? [];
    if (whole === undefined) return [`expected a plain element such as <p> or <a href="https://…">, came ${shown(html.slice(at))}`];
    const fault = end === '/' ? closingFault(name, open) : openingFault(name, attributes, open);
    if (fault !== undefined) return [fault];
  }
  return open.length > 0 ? [`<${open.at(-1)}> is not closed`] : [];
}

function closingFault(name: string, open: string[]): string | undefined {
  return open.pop() === name ? undefined : `</${name}> closes nothing that is open`;
}

function openingFault(name: string, attributes: string, open: string[]): string | undefined {
  if (!Object.hasOwn(elements, name)) return `<${name}> may not be in a mail`;
  if (!withoutEnd.has(name)) open.push(name);
  const faults = [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => attributeFault(name, key, value));
  return faults.find((fault) => fault !== undefined);
}

function attributeFault(element: string, name: string, value: string): string | undefined {
  if (!attributesOfAll.includes(name) && !elements[element]?.includes(name)) return `<${element}> may not have ${name}`;
  if (name === 'href' && (value === '{{link}}' || value === '{{tracking}}')) return undefined;
  if (value.includes('{{')) return `${name} may not have a placeholder in it; only href="{{link}}" and href="{{tracking}}" may`;
  if (name === 'style') return isPlainStyle(value) ? undefined : `style="${shown(value)}" has more than plain colours, sizes and spaces`;
  if (name === 'href' || name === 'src') return address.test(value) ? undefined : `${name}="${shown(value)}" is not an https address`;
  return undefined;
}

function isPlainStyle(style: string): boolean {
  return style.split(';').every((declaration) => {
    const [property = '', value = '', ...more] = declaration.split(':').map((part) => part.trim());
    return declaration.trim() === '' || (more.length === 0 && properties.test(property) && propertyValue.test(value));
  });
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
