/** What labels are written in: the language of where they go. */
export interface LabelWords {
  readonly from: string;
  readonly to: string;
  readonly order: string;
  readonly parcel: string;
  readonly weight: string;
  readonly collect: string;
  readonly paid: string;
}

const en: LabelWords = { from: 'From', to: 'To', order: 'Order', parcel: 'Parcel', weight: 'Weight', collect: 'Collect at the door', paid: 'Paid. Collect nothing.' };
const bn: LabelWords = { from: 'প্রেরক', to: 'প্রাপক', order: 'অর্ডার', parcel: 'পার্সেল', weight: 'ওজন', collect: 'ডেলিভারির সময় আদায়', paid: 'পরিশোধিত। কিছু আদায় করবেন না।' };
const sv: LabelWords = { from: 'Avsändare', to: 'Mottagare', order: 'Beställning', parcel: 'Kolli', weight: 'Vikt', collect: 'Betalas vid leverans', paid: 'Betald. Inget att ta betalt för.' };
const known: Readonly<Record<string, LabelWords>> = { en, bn, sv };

/** The words of a language (BCP 47), or English. */
export function labelWords(locale: string): LabelWords {
  return known[locale.split('-')[0] ?? ''] ?? en;
}
