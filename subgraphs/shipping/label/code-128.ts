import bwip from 'bwip-js/node';

/** Bars of a Code 128 (ISO/IEC 15417): widths in modules, a bar and a gap by turns, a bar first. `text` is printable ASCII. */
export function code128(text: string): number[] {
  const [first] = bwip.raw({ bcid: 'code128', text }) as readonly { readonly sbs?: readonly number[] }[];
  return [...(first?.sbs ?? [])];
}
