import { createHash } from 'node:crypto';
import type { GoodsType } from './goods-types.js';
import { readGoods, seedMarkets, type SeedGood } from './read-goods.js';

/** Width and height of a picture, in pixels. */
export const pictureSide = 800;

/** Where a product's picture lies below the pictures' address. */
export function picturePath(market: string, good: Pick<SeedGood, 'slug'>): string {
  return `${market}/${good.slug[0]}.svg`;
}

/** The picture at such a path, as SVG; undefined where the demonstration has no such product. The same every time. */
export function seedPicture(path: string): string | undefined {
  const good = pictures().get(path.replace(/^\/+/, ''));
  return good && drawPicture(good);
}

/** Draws a product: its kind gives the shape, its title the colours and the pattern. */
export function drawPicture(good: Pick<SeedGood, 'title' | 'type'>): string {
  const hash = createHash('sha256').update(good.title[0]).digest();
  const hue = Math.round(((hash[0] ?? 0) / 256) * 360);
  const turned = (hue + 150 + (hash[1] ?? 0) % 60) % 360;
  const paint = { ground: `hsl(${hue} 34% 90%)`, shade: `hsl(${hue} 28% 80%)`, body: `hsl(${turned} 46% 46%)`, light: `hsl(${turned} 48% 64%)`, dark: `hsl(${turned} 48% 30%)` };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="${pictureSide}" height="${pictureSide}" role="img" aria-label="${escaped(good.title[0])}">`,
    `<defs><pattern id="p" width="64" height="64" patternUnits="userSpaceOnUse" patternTransform="rotate(${((hash[2] ?? 0) % 8) * 22})">${motif((hash[3] ?? 0) % 4, paint.light)}</pattern></defs>`,
    `<rect width="800" height="800" fill="${paint.ground}"/><ellipse cx="400" cy="690" rx="250" ry="34" fill="${paint.shade}"/>`,
    `<g stroke="${paint.dark}" stroke-width="8" stroke-linejoin="round" fill="${paint.body}">${shapes[good.type]}</g>`,
    `<g stroke="none" fill="url(#p)" opacity="0.75">${shapes[good.type]}</g></svg>`,
  ].join('');
}

/** One outline for each kind of goods, in a field of 800 by 800. */
const shapes: Readonly<Record<GoodsType, string>> = {
  apparel: '<path d="M290 160 Q400 230 510 160 L660 250 L610 370 L560 345 L560 680 L240 680 L240 345 L190 370 L140 250 Z"/>',
  home: '<path d="M340 140 H460 V210 Q590 330 560 480 Q540 620 470 680 H330 Q260 620 240 480 Q210 330 340 210 Z"/>',
  kitchen: '<path d="M210 250 H540 V560 Q540 680 420 680 H330 Q210 680 210 560 Z"/><path d="M540 320 Q680 320 660 440 Q640 560 540 540 V480 Q600 490 600 430 Q600 380 540 380 Z"/>',
  tech: '<rect x="230" y="150" width="340" height="530" rx="48"/><circle cx="400" cy="330" r="110"/><circle cx="400" cy="560" r="60"/>',
  food: '<path d="M250 190 L300 140 H500 L550 190 L590 640 Q590 680 550 680 H250 Q210 680 210 640 Z"/><rect x="290" y="330" width="220" height="170" rx="20"/>',
  care: '<path d="M350 130 H450 V230 Q540 250 540 340 V640 Q540 680 500 680 H300 Q260 680 260 640 V340 Q260 250 350 230 Z"/><rect x="290" y="400" width="220" height="160" rx="12"/>',
  paper: '<path d="M210 150 H560 Q600 150 600 190 V640 Q600 680 560 680 H210 Z"/><path d="M210 150 H260 V680 H210 Q180 680 180 640 V190 Q180 150 210 150 Z"/>',
  play: '<circle cx="400" cy="430" r="250"/><path d="M160 400 Q400 520 640 400 L640 460 Q400 580 160 460 Z"/>',
};

function motif(kind: number, fill: string): string {
  const drawn = [
    '<circle cx="32" cy="32" r="11"/>',
    '<rect width="64" height="14"/>',
    '<path d="M32 6 L58 32 L32 58 L6 32 Z"/>',
    '<path d="M0 32 Q16 8 32 32 T64 32 V44 Q48 68 32 44 T0 44 Z"/>',
  ];
  return `<g fill="${fill}">${drawn[kind]}</g>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

let drawn: ReadonlyMap<string, SeedGood> | undefined;

/** Read out when the first picture is asked for. */
function pictures(): ReadonlyMap<string, SeedGood> {
  drawn ??= new Map(seedMarkets.flatMap((market) => readGoods(market).goods.map((good) => [picturePath(market.slug, good), good] as const)));
  return drawn;
}
