import type { AccountBooks } from '../account-books.js';
import { kindOf } from '../kinds.js';
import { wrongParameter } from '../refusal.js';

const depthMax = 4;

/** Puts objects in the place of their ids where a request asks for it; docs.stripe.com/api/expanding_objects. */
export function expand(books: AccountBooks, object: object, paths: readonly string[]): object {
  return paths.reduce((whole, path) => expandAt(books, whole, path.split('.').slice(0, depthMax), path), object);
}

function expandAt(books: AccountBooks, value: unknown, [name = '', ...deeper]: readonly string[], path: string): object {
  if (Array.isArray(value)) return value.map((one) => expandAt(books, one, [name, ...deeper], path));
  if (typeof value !== 'object' || value === null || !(name in value)) throw wrongParameter(`This property cannot be expanded (${path}).`, 'expand');
  const inner = (value as Record<string, unknown>)[name];
  const kind = typeof inner === 'string' ? kindOf(inner) : undefined;
  const full = kind && typeof inner === 'string' ? books.get(kind, inner, 'expand') : inner;
  if (full === null) return value;
  return { ...value, [name]: deeper.length === 0 ? full : expandAt(books, full, deeper, path) };
}
