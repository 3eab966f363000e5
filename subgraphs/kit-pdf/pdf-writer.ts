import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import PdfDocument from 'pdfkit';
import { fontScripts, scriptRuns, type FontScript } from './script-runs.js';
import { sfntOfWoff } from './sfnt-of-woff.js';

/** How a text is set. Sizes and places are points: 72 to an inch. */
export interface TextStyle {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly align?: 'left' | 'right';
  /** How wide a line may be; to the right margin where it is left out. */
  readonly width?: number;
  readonly color?: string;
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Points. */
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** What a document is, beside its pages. */
export interface PdfFacts {
  readonly title: string;
  /** When it was made, in its properties: the same moment makes the same bytes. */
  readonly at: Date;
  /** Points; A4 where it is left out. */
  readonly size?: readonly [number, number];
  /** Points on each side. */
  readonly margin?: number;
}

const require = createRequire(import.meta.url);
const fileOf = (script: FontScript, weight: 400 | 700): string => (script === 'bengali'
  ? `@fontsource/noto-sans-bengali/files/noto-sans-bengali-bengali-${weight}-normal.woff` : `@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff`);
const fonts = new Map<string, Font>();

/** Line height as a multiple of the size: Bengali needs room above and below. */
const leading = 1.45;

/** From the top of a line to where its letters stand, as a multiple of the size: one for all fonts, or two scripts would stand at two heights. */
const ascent = 1.07;

/** Puts text onto the pages of a document, from top to bottom. */
export class PdfWriter {
  /** Where the next line begins, in points from the top. */
  y: number;

  constructor(readonly doc: PDFKit.PDFDocument, readonly margin: number) {
    this.y = margin;
  }

  /** Points from margin to margin. */
  get innerWidth(): number {
    return this.doc.page.width - 2 * this.margin;
  }

  /** Writes a paragraph below the last one. */
  line(text: string, style: TextStyle = {}): this {
    this.y += this.put(text, { x: this.margin, y: this.y }, style);
    return this;
  }

  /** Leaves room. */
  gap(points: number): this {
    this.y += points;
    return this;
  }

  /** Makes sure that so many points are left on the page, or begins another. */
  room(points: number): void {
    if (this.y + points <= this.doc.page.height - this.margin) return;
    this.doc.addPage();
    this.y = this.margin;
  }

  /** Writes a text at a place; answers how tall it became. */
  put(text: string, at: { readonly x: number; readonly y: number }, { size = 9, isBold = false, align = 'left', width = this.innerWidth, color = '#111111' }: TextStyle = {}): number {
    const set = { size, isBold };
    const lines = this.wrapped(text, width, set);
    lines.forEach((line, n) => {
      let x = align === 'right' ? at.x + width - this.widthOf(line, set) : at.x;
      for (const run of scriptRuns(line)) {
        this.use(run.script, set).fillColor(color).text(run.text, x, at.y + (n * leading + ascent) * size, { lineBreak: false, baseline: 'alphabetic' });
        x += this.use(run.script, set).widthOfString(run.text);
      }
    });
    return lines.length * size * leading;
  }

  /** Writes a table below the last line; its head comes again on each page. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], size = 8): this {
    const head = (): void => this.row(columns, columns.map(({ title }) => title), { size, isBold: true });
    head();
    for (const row of rows) {
      const height = this.heightOf(columns, row, { size, isBold: false });
      if (this.y + height > this.doc.page.height - this.margin) {
        this.room(Number.MAX_SAFE_INTEGER);
        head();
      }
      this.row(columns, row, { size, isBold: false });
    }
    return this;
  }

  private row(columns: readonly Column[], cells: readonly string[], set: FontSet): void {
    const top = this.y;
    let x = this.margin;
    columns.forEach(({ width, align }, at) => {
      this.put(cells[at] ?? '', { x, y: top + cellPadding }, { ...set, align, width: width - 2 * cellPadding });
      x += width;
    });
    this.y = top + this.heightOf(columns, cells, set);
    this.doc.moveTo(this.margin, this.y).lineTo(x, this.y).lineWidth(0.5).strokeColor('#bbbbbb').stroke();
  }

  private heightOf(columns: readonly Column[], cells: readonly string[], set: FontSet): number {
    const lines = columns.map(({ width }, at) => this.wrapped(cells[at] ?? '', width - 2 * cellPadding, set).length);
    return Math.max(1, ...lines) * set.size * leading + 2 * cellPadding;
  }

  private wrapped(text: string, width: number, set: FontSet): string[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ').flatMap((one) => this.broken(one, width, set))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && this.widthOf(longer, set) > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      return [...lines, line];
    });
  }

  /** A word that is wider than a line, such as a long key, is broken where it must be. */
  private broken(word: string, width: number, set: FontSet): string[] {
    if (this.widthOf(word, set) <= width) return [word];
    const parts: string[] = [''];
    for (const letter of word) {
      const last = parts.at(-1) ?? '';
      if (last !== '' && this.widthOf(last + letter, set) > width) parts.push(letter);
      else parts[parts.length - 1] = last + letter;
    }
    return parts;
  }

  private widthOf(text: string, set: FontSet): number {
    return scriptRuns(text).reduce((sum, run) => sum + this.use(run.script, set).widthOfString(run.text), 0);
  }

  private use(script: FontScript, { size, isBold }: FontSet): PDFKit.PDFDocument {
    return this.doc.font(`${script} ${isBold ? 700 : 400}`).fontSize(size);
  }
}

interface FontSet {
  readonly size: number;
  readonly isBold: boolean;
}

const cellPadding = 3;

/** Makes a document: `write` puts everything on its pages. */
export async function writePdf({ title, at, size, margin = 42 }: PdfFacts, write: (pdf: PdfWriter) => void): Promise<Uint8Array> {
  const doc = new PdfDocument({ size: size ? [...size] : 'A4', margin: 0, info: { Title: title, CreationDate: at, ModDate: at, Producer: 'Haat', Creator: 'Haat' }, lang: 'en', displayTitle: true });
  for (const script of fontScripts) for (const weight of [400, 700] as const) doc.registerFont(`${script} ${weight}`, fontOf(script, weight));
  const chunks: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
  write(new PdfWriter(doc, margin));
  doc.end();
  return whole;
}

/**
 * Read, unpacked and opened once per process. PDFKit takes an opened font as it takes a file, though its types do not say so; opened
 * anew for each document, nine tenths of the time went into reading the same tables.
 */
function fontOf(script: FontScript, weight: 400 | 700): Buffer {
  const name = fileOf(script, weight);
  const known = fonts.get(name) ?? opened(sfntOfWoff(readFileSync(require.resolve(name))));
  fonts.set(name, known);
  return known as unknown as Buffer;
}

function opened(file: Buffer): Font {
  const font = create(file);
  if (!('layout' in font)) throw new Error('A collection of fonts is no font.');
  return font;
}
