import { kindRules, type TemplateKind } from '../template/template-kind.js';

/**
 * Where a mail's link leads: the configured address with the marketplace's slug in it, and nothing of any request. The
 * secret stands behind a `#`: browsers send that to no server, so it is in no access log and no referrer.
 */
export function linkOf(linkBase: string, slug: string, kind: TemplateKind, secret: string | undefined): string {
  const { page } = kindRules[kind];
  if (page === undefined) return '';
  const address = linkTo(linkBase, slug, `/${page}`);
  return secret === undefined ? address : `${address}#token=${encodeURIComponent(secret)}`;
}

/** A path of a marketplace's pages as a whole address; empty for a text that would lead elsewhere. */
export function linkTo(linkBase: string, slug: string, path: string): string {
  return /^\/[\w%-][^\s\\]*$/.test(path) ? `${linkBase.replaceAll('{slug}', slug)}${path}` : '';
}
