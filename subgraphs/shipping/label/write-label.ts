import { writePdf, type PdfWriter } from '@haat/kit-pdf/pdf-writer';
import { Money } from '@haat/kit/money';
import type { SealedAddress } from '../carrier/book-parcel.js';
import { code128 } from './code-128.js';
import { labelWords, type LabelWords } from './label-words.js';

/** One parcel on paper. */
export interface ParcelOnLabel {
  readonly position: number;
  readonly trackingId: string;
  readonly weightGrams: number;
  readonly amountToCollectMinor: number;
}

/** What is on the labels of a shipment. */
export interface LabelFacts {
  readonly carrier: string;
  readonly sender: string;
  readonly orderNumber: string;
  readonly currency: string;
  readonly locale: string;
  readonly to: SealedAddress;
  readonly parcels: readonly ParcelOnLabel[];
  readonly at: Date;
}

/** 100 by 150 mm, as label printers have it, in points. */
const size = [283.46, 425.2] as const;
const margin = 14;
const barHeight = 62;

/** Makes the labels, a page for each parcel: the same facts, the same bytes. */
export function writeLabel(facts: LabelFacts): Promise<Uint8Array> {
  const words = labelWords(facts.locale);
  return writePdf({ title: `${facts.orderNumber} ${facts.carrier}`, at: facts.at, size, margin }, (pdf) => {
    facts.parcels.forEach((parcel, at) => {
      if (at > 0) pdf.room(Number.MAX_SAFE_INTEGER);
      writeParcel(pdf, facts, parcel, words);
    });
  });
}

function writeParcel(pdf: PdfWriter, { carrier, sender, orderNumber, to, parcels, currency, locale }: LabelFacts, parcel: ParcelOnLabel, words: LabelWords): void {
  pdf.line(carrier === 'own' ? sender : carrier.toUpperCase(), { size: 18, isBold: true });
  pdf.line(`${words.order} ${orderNumber} · ${words.parcel} ${parcel.position}/${Math.max(...parcels.map(({ position }) => position))} · ${words.weight} ${(parcel.weightGrams / 1_000).toFixed(2)} kg`, { size: 8 }).gap(4);
  rule(pdf);
  pdf.line(`${words.from}: ${sender}`, { size: 9 }).gap(4);
  pdf.line(words.to, { size: 8, color: '#555555' });
  pdf.line(linesOf(to), { size: 13, isBold: true }).gap(4);
  rule(pdf);
  const isCash = parcel.amountToCollectMinor > 0;
  pdf.line(isCash ? words.collect : words.paid, { size: 9 });
  if (isCash) pdf.line(amountText(parcel.amountToCollectMinor, currency, locale), { size: 22, isBold: true });
  writeBars(pdf, parcel.trackingId);
}

function amountText(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Money.of(minor, currency).decimal as `${number}`);
}

/** At the bottom, as wide as the page allows, with a quiet zone of ten modules on each side. */
function writeBars(pdf: PdfWriter, text: string): void {
  const widths = code128(text);
  const modules = widths.reduce((sum, width) => sum + width, 0) + 20;
  const module = Math.min(1.6, pdf.innerWidth / modules);
  const top = size[1] - margin - barHeight - 16;
  let x = margin + (pdf.innerWidth - modules * module) / 2 + 10 * module;
  widths.forEach((width, at) => {
    if (at % 2 === 0) pdf.doc.rect(x, top, width * module, barHeight).fill('#000000');
    x += width * module;
  });
  pdf.put(text, { x: margin + (pdf.innerWidth - modules * module) / 2 + 10 * module, y: top + barHeight + 3 }, { size: 9 });
}

function rule(pdf: PdfWriter): void {
  pdf.doc.moveTo(margin, pdf.y).lineTo(size[0] - margin, pdf.y).lineWidth(0.7).strokeColor('#000000').stroke();
  pdf.gap(5);
}

function linesOf({ address, contact }: SealedAddress): string {
  const { name, company, line1, line2, district, city, postalCode, region, country, phone } = address;
  return [name ?? contact?.name, company, line1, line2, district, [postalCode, city].filter(Boolean).join(' '), region, country, phone ?? contact?.phone].filter((line) => line !== null && line !== undefined && line !== '').join('\n');
}
