/**
 * Ids that cross borders: a prefix that names the noun, then a UUIDv7 (RFC 9562), so that ids sort by birth.
 * The prefixes are the ones clients see; a new noun adds its prefix here.
 */
export const idPrefixes = [
  'ten', 'plan', 'dom', 'usr', 'ses', 'tok', 'adr', 'evt', 'ask', 'req', 'mail',
  'ven', 'vmem', 'vreq', 'vrul', 'prod', 'var', 'ofr', 'cat', 'col', 'img', 'imp', 'chg', 'wh', 'lvl', 'res', 'mov',
  'prl', 'prc', 'prm', 'cpn', 'fls', 'txc', 'txr', 'rdm', 'syn', 'bst',
  'cart', 'grp', 'line', 'ord', 'vord', 'oline', 'oev', 'chk', 'exp', 'doc', 'inv', 'pay', 'att', 'pev', 'ref', 'dsp', 'spm',
  'shp', 'par', 'szn', 'smt', 'trk', 'lbl', 'car', 'ntf', 'dlv', 'pap', 'rop', 'puc', 'gtw',
] as const;

/** One of the known prefixes. */
export type IdPrefix = (typeof idPrefixes)[number];

/** An id with its prefix in its type: `Id<'ord'>` is never taken for `Id<'usr'>`. */
export type Id<P extends IdPrefix = IdPrefix> = `${P}_${string}`;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** Matches a whole id of any known noun. */
export const idPattern = new RegExp(`^(?:${idPrefixes.join('|')})_${uuid}$`);

/** The platform's own marketplace, `haat`: its id is fixed, so that database policies can name it. */
export const platformTenantId: Id<'ten'> = 'ten_00000000-0000-7000-8000-000000000000';
