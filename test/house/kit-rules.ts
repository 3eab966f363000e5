import { posix } from 'node:path';
import { finding, type Finding } from './finding.js';
import type { Source } from './sources.js';

/** What the business is about. `identity` is also who calls, `tenant` whose data it is: those two are the kit's own. */
const domainNouns = new Set([
  'address', 'banner', 'campaign', 'cart', 'catalog', 'category', 'checkout', 'commission', 'coupon', 'delivery', 'discount',
  'dispute', 'invoice', 'journal', 'label', 'merchant', 'notification', 'offer', 'order', 'parcel', 'payment', 'payout', 'plan', 'price', 'product',
  'promotion', 'refund', 'report', 'reservation', 'return', 'review', 'shipment', 'shipping', 'shop', 'shopper', 'stock', 'ticket', 'user', 'variant',
  'vendor', 'warehouse', 'wishlist',
]);
const sharedByDesign = new Set(['identity']);

/** Words in a kit file's name that belong to the business or to one subgraph. */
export function businessInName(path: string, subgraphs: readonly string[]): Finding[] {
  const words = posix.basename(path).split(/[.-]/).slice(0, -1);
  const ofBusiness = words.filter((word) => !sharedByDesign.has(word) && (domainNouns.has(word) || domainNouns.has(word.replace(/s$/, '')) || subgraphs.includes(word)));
  return ofBusiness.map((word) => `${path}:1: the kit knows no ${word}`);
}

/** Places in the kit's code that name one subgraph. */
export function subgraphNamed(source: Source, subgraphs: readonly string[]): Finding[] {
  const strings = [...source.code.matchAll(/(['"`])( *)\1/g)].map((match) => ({ at: match.index, text: source.text.slice(match.index + 1, match.index + 1 + (match[2] ?? '').length) }));
  return strings.filter(({ text }) => subgraphs.includes(text) && !sharedByDesign.has(text)).map(({ at, text }) => finding(source, at, `a branch for ${text}`));
}

const exported = /^export (?:declare |abstract |async )*(function\*?|class|const|interface|type|enum) (\w+)/gm;

/** Exports without a docstring. Of overloads, the first has it. */
export function undocumented(source: Source): Finding[] {
  const seen = new Set<string>();
  return [...source.code.matchAll(exported)].flatMap((match) => {
    const name = match[2] ?? '';
    if (seen.has(name)) return [];
    seen.add(name);
    return hasDocstring(source, match.index) ? [] : [finding(source, match.index, `${name} has no docstring`)];
  });
}

/** The comment stands before it, with nothing but decorators between. */
function hasDocstring(source: Source, at: number): boolean {
  const before = source.text.slice(0, at).replace(/(?:^@[\w.]+(?:\(.*\))?\s*\n)+$/m, '');
  return before.trimEnd().endsWith('*/');
}
