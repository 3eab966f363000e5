import { writePdf, type Column, type PdfWriter } from '@haat/kit-pdf/pdf-writer';
import { amountText } from './amount-text.js';
import type { PostalAddress } from '@haat/schema/parts';
import type { DocumentKind } from './document.row.js';
import type { PaperFacts, PaperLine } from './paper-facts.js';
import { invoiceForm, paperWords, type PaperWords } from './paper-words.js';

/** A paper that is to be made. */
export interface Paper {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedAt: Date;
  readonly facts: PaperFacts;
}

/** Makes a paper: the same facts, the same bytes. */
export function writePaper(paper: Paper): Promise<Uint8Array> {
  const words = paperWords(paper.facts.locale);
  const isInvoice = paper.kind === 'INVOICE';
  return writePdf({ title: `${isInvoice ? words.invoice : words.packingSlip} ${paper.number}`, at: paper.issuedAt }, (pdf) => {
    writeHead(pdf, paper, words);
    writeAddresses(pdf, paper.facts, words);
    if (isInvoice) writeInvoice(pdf, paper.facts, words);
    else pdf.table(slipColumns(words), paper.facts.lines.map(({ title, options, sku, quantity }) => [withOptions(title, options), sku, String(quantity)]), 10);
    writeFoot(pdf, paper.facts, words);
  });
}

function writeHead(pdf: PdfWriter, { kind, number, issuedAt, facts }: Paper, words: PaperWords): void {
  const { form, serviceCode } = kind === 'INVOICE' ? invoiceForm(facts) : { form: null, serviceCode: null };
  pdf.line(kind === 'INVOICE' ? words.invoice : words.packingSlip, { size: 20, isBold: true });
  if (form !== null) pdf.line(`${form}${serviceCode === null ? '' : ` · ${words.serviceCode} ${serviceCode}`}`, { size: 9, color: '#555555' });
  const date = new Intl.DateTimeFormat(facts.locale, { dateStyle: 'long', timeZone: facts.timeZone }).format(issuedAt);
  pdf.gap(6).line(`${words.number}: ${number}`, { size: 10 }).line(`${words.date}: ${date}`, { size: 10 }).line(`${words.order}: ${facts.orderNumber} · ${facts.vendorOrderNumber}`, { size: 10 }).gap(10);
}

function writeAddresses(pdf: PdfWriter, { sellerName, buyerName, billTo, shipTo, phone }: PaperFacts, words: PaperWords): void {
  const width = pdf.innerWidth / 3 - 10;
  const columns: [string, string][] = [[words.seller, sellerName], [words.billTo, addressText(billTo, buyerName)], [words.shipTo, `${addressText(shipTo, buyerName)}${phone ? `\n${words.phone}: ${phone}` : ''}`]];
  const heights = columns.map(([title, text], at) => {
    const x = pdf.margin + at * (width + 15);
    const head = pdf.put(title, { x, y: pdf.y }, { size: 9, isBold: true, width });
    return head + pdf.put(text, { x, y: pdf.y + head }, { size: 9, width });
  });
  pdf.gap(Math.max(...heights) + 14);
}

function addressText({ name, company, line1, line2, district, city, region, postalCode, country }: PostalAddress, buyerName: string | null): string {
  return [name ?? buyerName, company, line1, line2, district, [postalCode, city].filter(Boolean).join(' '), region, country].filter((line) => line !== null && line !== '').join('\n');
}

function withOptions(title: string, options: string): string {
  return options === '' ? title : `${title}\n${options}`;
}

function slipColumns(words: PaperWords): Column[] {
  return [{ title: words.what, width: 300 }, { title: words.sku, width: 150 }, { title: words.quantity, width: 60, align: 'right' }];
}

function writeInvoice(pdf: PdfWriter, { lines, taxes, currency, locale }: PaperFacts, words: PaperWords): void {
  const amount = (minor: number): string => amountText(minor, currency, locale);
  const columns: Column[] = [
    { title: words.what, width: 160 }, { title: words.quantity, width: 36, align: 'right' }, { title: words.unitPrice, width: 68, align: 'right' }, { title: words.discount, width: 62, align: 'right' },
    { title: words.net, width: 62, align: 'right' }, { title: words.tax, width: 58, align: 'right' }, { title: words.total, width: 65, align: 'right' },
  ];
  const rowOf = (line: PaperLine): string[] => [withOptions(line.title, [line.options, line.sku].filter(Boolean).join(' · ')), String(line.quantity), ...[line.unitPriceMinor, line.discountMinor, line.netMinor, line.taxMinor, line.totalMinor].map(amount)];
  pdf.table(columns, lines.map(rowOf)).gap(12);
  if (taxes.length === 0) return;
  pdf.room(80);
  pdf.line(words.taxes, { size: 10, isBold: true });
  const taxColumns: Column[] = [{ title: words.tax, width: 190 }, { title: words.rate, width: 60, align: 'right' }, { title: words.base, width: 100, align: 'right' }, { title: words.amount, width: 100, align: 'right' }];
  // A zero says why it is one.
  pdf.table(taxColumns, taxes.map(({ jurisdiction, name, ratePpm, reason, baseMinor, amountMinor }) => [`${jurisdiction} ${name}${amountMinor === 0 ? ` (${reason})` : ''}`, `${ratePpm / 10_000} %`, amount(baseMinor), amount(amountMinor)])).gap(12);
}

function writeFoot(pdf: PdfWriter, { totals, amountToCollectMinor, currency, locale, shippingName, note }: PaperFacts, words: PaperWords): void {
  const amount = (minor: number): string => amountText(minor, currency, locale);
  pdf.room(110);
  const rows: [string, string][] = [
    [words.goods, amount(totals.subtotalMinor)], [words.discount, amount(-totals.discountMinor)], [`${words.delivery}${shippingName === null ? '' : ` (${shippingName})`}`, amount(totals.shippingMinor)],
    [words.taxes, amount(totals.taxMinor)], [words.total, amount(totals.totalMinor)], [amountToCollectMinor > 0 ? words.toCollect : words.paid, amount(amountToCollectMinor > 0 ? amountToCollectMinor : totals.totalMinor)],
  ];
  for (const [at, [name, value]] of rows.entries()) {
    const style = { size: 10, isBold: at >= 4 };
    pdf.put(name, { x: pdf.margin + 200, y: pdf.y }, { ...style, width: 200 });
    pdf.line(value, { ...style, align: 'right' });
  }
  if (note) pdf.gap(8).line(`${words.note}: ${note}`);
}
