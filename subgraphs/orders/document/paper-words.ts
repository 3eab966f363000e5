/** What papers are written in. */
export interface PaperWords {
  readonly invoice: string;
  readonly packingSlip: string;
  readonly number: string;
  readonly date: string;
  readonly order: string;
  readonly seller: string;
  readonly buyer: string;
  readonly billTo: string;
  readonly shipTo: string;
  readonly phone: string;
  readonly what: string;
  readonly sku: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly goods: string;
  readonly delivery: string;
  readonly taxes: string;
  readonly rate: string;
  readonly base: string;
  readonly amount: string;
  readonly toCollect: string;
  readonly paid: string;
  readonly note: string;
  readonly serviceCode: string;
}

const en: PaperWords = {
  invoice: 'Invoice', packingSlip: 'Packing slip', number: 'Number', date: 'Date', order: 'Order', seller: 'Seller', buyer: 'Buyer', billTo: 'Bill to', shipTo: 'Ship to', phone: 'Telephone', what: 'Item', sku: 'SKU',
  quantity: 'Qty', unitPrice: 'Unit price', discount: 'Discount', net: 'Net', tax: 'Tax', total: 'Total', goods: 'Goods', delivery: 'Delivery', taxes: 'Taxes', rate: 'Rate', base: 'Base', amount: 'Amount',
  toCollect: 'To collect at the door', paid: 'Paid', note: 'Note', serviceCode: 'Service code',
};

const bn: PaperWords = {
  invoice: 'চালানপত্র', packingSlip: 'প্যাকিং স্লিপ', number: 'নম্বর', date: 'তারিখ', order: 'অর্ডার', seller: 'বিক্রেতা', buyer: 'ক্রেতা', billTo: 'বিলের ঠিকানা', shipTo: 'পাঠানোর ঠিকানা', phone: 'টেলিফোন', what: 'পণ্য', sku: 'এসকেইউ',
  quantity: 'পরিমাণ', unitPrice: 'একক মূল্য', discount: 'ছাড়', net: 'কর ছাড়া', tax: 'কর', total: 'মোট', goods: 'পণ্যমূল্য', delivery: 'ডেলিভারি', taxes: 'করসমূহ', rate: 'হার', base: 'ভিত্তি', amount: 'টাকা',
  toCollect: 'ডেলিভারির সময় আদায়', paid: 'পরিশোধিত', note: 'মন্তব্য', serviceCode: 'সেবার কোড',
};

const sv: PaperWords = {
  invoice: 'Faktura', packingSlip: 'Följesedel', number: 'Nummer', date: 'Datum', order: 'Beställning', seller: 'Säljare', buyer: 'Köpare', billTo: 'Fakturaadress', shipTo: 'Leveransadress', phone: 'Telefon', what: 'Vara', sku: 'Artikelnr',
  quantity: 'Antal', unitPrice: 'À-pris', discount: 'Rabatt', net: 'Netto', tax: 'Moms', total: 'Summa', goods: 'Varor', delivery: 'Frakt', taxes: 'Skatter', rate: 'Sats', base: 'Underlag', amount: 'Belopp',
  toCollect: 'Betalas vid leverans', paid: 'Betald', note: 'Meddelande', serviceCode: 'Tjänstekod',
};

const known: Readonly<Record<string, PaperWords>> = { en, bn, sv };

/** The words of a language (BCP 47), or English. */
export function paperWords(locale: string): PaperWords {
  return known[locale.split('-')[0] ?? ''] ?? en;
}

/** What a country's tax office wants an invoice to be called and to carry. Rates and codes change by order: they are data, to be confirmed by an accountant. */
export interface InvoiceForm {
  readonly form: string | null;
  readonly serviceCode: string | null;
}

/** What tells where a marketplace is at home: it says no country, but its money, or the clock that it goes by, is of one country alone. */
export interface Home {
  readonly currency: string;
  readonly timeZone: string;
}

interface CountryForm extends InvoiceForm {
  readonly currency: string;
  readonly timeZones: readonly string[];
}

/** Bangladesh: the tax invoice is form Mushak-6.3, and online sale of goods the VAT service S099.60 (National Board of Revenue, VAT and SD Rules 2016). */
const forms: readonly CountryForm[] = [{ form: 'Mushak-6.3', serviceCode: 'S099.60', currency: 'BDT', timeZones: ['Asia/Dhaka', 'Asia/Dacca'] }];

/** The form of where a marketplace is at home, wherever the goods go: who sells abroad writes its own country's invoice. */
export function invoiceForm(home: Home): InvoiceForm {
  const { form, serviceCode } = forms.find(({ currency, timeZones }) => currency === home.currency || timeZones.includes(home.timeZone)) ?? { form: null, serviceCode: null };
  return { form, serviceCode };
}
