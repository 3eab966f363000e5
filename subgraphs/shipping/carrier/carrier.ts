import type { ParcelState } from '../shipment/parcel-state.js';

/** Who carries parcels: the vendor itself, or a company by its own API. */
export const carriers = ['own', 'pathao'] as const;
/** One of them. */
export type CarrierName = (typeof carriers)[number];

/** A parcel as a carrier is told of it. */
export interface ParcelToCarry {
  /** Ours: the carrier's news carry it. */
  readonly parcelId: string;
  readonly recipient: { readonly name: string; readonly phone: string; readonly address: string };
  readonly weightGrams: number;
  readonly pieces: number;
  readonly description: string;
  readonly amountToCollectMinor: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Where a parcel would go, by the names of its address; empty where they are not known. */
export interface PlaceToReach {
  readonly city: string;
  readonly district: string;
}

/** What a carrier took. */
export interface Consignment {
  /** The carrier's name of it. */
  readonly trackingId: string;
  readonly trackingUrl: string;
  /** What the carrier takes for it, in minor units; null where it does not say. */
  readonly feeMinor: number | null;
}

/** How a consignment stands at its carrier. */
export interface ConsignmentState {
  /** Our parcel, as we told the carrier. */
  readonly parcelId: string | null;
  /** The carrier's word for its state. */
  readonly status: string;
  /** The same in our words; null where it says nothing of where it is. */
  readonly state: ParcelState | null;
  /** True where the carrier itself says that it was handed over, all or a part of it. */
  readonly isHandedOver: boolean;
}

/** A company that carries parcels. Calls wait as long as `CARRIER_TIMEOUT_MS` says, and are never repeated by the adapter but where it is certain that nothing was done. */
export interface Carrier {
  /** Has a parcel fetched. Throws {@link CarrierRefusal}, {@link CarrierBusy}, or {@link CarrierSilent} where nobody knows whether it was taken. */
  book(parcel: ParcelToCarry): Promise<Consignment>;
  /** How a consignment stands. */
  read(trackingId: string): Promise<ConsignmentState>;
  /** What it takes to bring a parcel of such a weight there, in minor units. Throws {@link CarrierRefusal} where it does not go there. */
  price(place: PlaceToReach, weightGrams: number): Promise<number>;
  /** Whether the account is one: throws {@link CarrierRefusal} where it is not. */
  check(): Promise<void>;
}

/** The carrier does not take it: the same request would be refused again. */
export class CarrierRefusal extends Error {
  override readonly name = 'CarrierRefusal';

  constructor(readonly reasons: readonly string[]) {
    super(reasons.join(' '));
  }
}

/** The carrier cannot be asked now, and certainly took nothing. */
export class CarrierBusy extends Error {
  override readonly name = 'CarrierBusy';
}

/** The carrier was asked and did not answer: it may have taken it. */
export class CarrierSilent extends Error {
  override readonly name = 'CarrierSilent';
}
