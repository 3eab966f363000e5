import { exponentOf } from '@haat/kit/currencies';
import { roundDiv } from '@haat/kit/round-div';
import { CarrierRefusal, type ParcelToCarry } from '../carrier/carrier.js';

/** What `POST /aladdin/api/v1/orders` takes; the limits are Pathao's own. */
export interface PathaoOrder {
  readonly store_id: number;
  readonly merchant_order_id: string;
  readonly recipient_name: string;
  /** Eleven digits, as they are dialled in Bangladesh. */
  readonly recipient_phone: string;
  readonly recipient_address: string;
  /** 48: within two days; 12: on demand. */
  readonly delivery_type: 48;
  /** 1 is a document, 2 a parcel. */
  readonly item_type: 2;
  readonly item_quantity: number;
  /** Kilograms, half a kilogram at least and ten at most. */
  readonly item_weight: number;
  readonly item_description?: string;
  /** Whole taka. */
  readonly amount_to_collect: number;
}

const [gramsMin, gramsMax] = [500, 10_000];
const [nameMin, nameMax, addressMin, addressMax, descriptionMax] = [3, 100, 10, 220, 250];

/** A parcel in Pathao's words. Throws {@link CarrierRefusal} that names all that Pathao would refuse. */
export function pathaoOrder(parcel: ParcelToCarry, storeId: string): PathaoOrder {
  const { recipient, weightGrams, pieces, description, parcelId } = parcel;
  const phone = localPhone(recipient.phone);
  const name = recipient.name.trim();
  const address = recipient.address.trim();
  const wrong = [
    ...(parcel.currency === 'BDT' ? [] : [`Pathao collects taka, not ${parcel.currency}.`]),
    ...(phone === null ? ['The recipient has no telephone number of Bangladesh.'] : []),
    ...(name.length < nameMin ? [`The recipient's name has fewer than ${nameMin} letters.`] : []),
    ...(address.length < addressMin ? [`The address has fewer than ${addressMin} letters.`] : []),
    ...(weightGrams > gramsMax ? [`The parcel weighs ${weightGrams} g; Pathao takes up to ${gramsMax} g.`] : []),
  ];
  if (wrong.length > 0 || phone === null) throw new CarrierRefusal(wrong);
  return {
    store_id: Number(storeId), merchant_order_id: parcelId, recipient_name: cut(name, nameMax), recipient_phone: phone, recipient_address: cut(address, addressMax), delivery_type: 48, item_type: 2,
    item_quantity: pieces, item_weight: pathaoKilograms(weightGrams), ...(description !== '' && { item_description: cut(description, descriptionMax) }),
    amount_to_collect: wholeTaka(parcel.amountToCollectMinor),
  };
}

/** Kilograms as Pathao counts them: by a tenth begun, half a kilogram at least. Throws {@link CarrierRefusal} where it is too heavy. */
export function pathaoKilograms(weightGrams: number): number {
  if (weightGrams > gramsMax) throw new CarrierRefusal([`The parcel weighs ${weightGrams} g; Pathao takes up to ${gramsMax} g.`]);
  return Math.max(gramsMin, Math.ceil(weightGrams / 100) * 100) / 1_000;
}

/** Poisha as whole taka, half a taka and more up: no coin is smaller. */
export function wholeTaka(minor: number): number {
  return Number(roundDiv(BigInt(minor), BigInt(10 ** (exponentOf('BDT') ?? 2))));
}

/** What was collected, in poisha: exactly what was to be collected where that is what it rounds to. */
export function poishaCollected(taka: number, amountToCollectMinor: number): number {
  return taka === wholeTaka(amountToCollectMinor) ? amountToCollectMinor : Math.round(taka * 100);
}

/** A number of Bangladesh as it is dialled there: eleven digits that begin with 01. */
export function localPhone(phone: string): string | null {
  const digits = phone.replace(/[\s()-]/g, '').replace(/^(?:\+|00)?880/, '0');
  return /^01\d{9}$/.test(digits) ? digits : null;
}

/** Never through the middle of a character: the half of one is no text. */
function cut(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).replace(/[\uD800-\uDBFF]$/u, '');
}
