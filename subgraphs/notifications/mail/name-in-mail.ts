import { oneLine } from '../template/render.js';

const nameCharactersMax = 80;

/**
 * A person's name as a mail may say it; empty for one that is more than a name. Anybody can register somebody else's
 * address under any name: with a link in it, our own mail would carry their advertisement.
 */
export function nameInMail(name: string | null | undefined): string {
  const line = oneLine(name ?? '').normalize('NFKC');
  const isMore = line.length > nameCharactersMax || /[:/\\@<>{}]|\.\p{L}{2,}|www\./iu.test(line);
  return isMore ? '' : line;
}

/** A vendor's name as a mail may say it, by the same rule: anybody can apply as a vendor and invite any address. */
export function vendorInMail(name: string | undefined): string {
  return nameInMail(name) || '…';
}
