import { GraphQLError } from 'graphql';
import { operationLimits } from '../limits/limits.js';
import { addressBucket, type NamedBucket, type RateConfig } from './rate-buckets.js';
import type { RateLimits } from './rate-limits.js';

/** What coming costs. */
const arrivalPoints = 1;

/** What showing a token or naming a marketplace costs that nobody knows: finding that out took an ask and a look at rows. */
const strangerPoints = 100;

/** Codes of what is refused so. */
const strangers: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'TENANT_UNKNOWN']);

/** How many bytes of a body cost one point. */
const bytesPerPoint = 4_096;

/** What senders pay before anything is looked up or kept for them, by their address alone. */
export interface Arrivals {
  /** Every request costs its sender's address one point, whatever becomes of it. Refuses with `RATE_LIMITED`. */
  arrive(clientAddress: string): void;
  /** Takes more for what admission refused, also of an address that has nothing left. */
  refused(clientAddress: string, error: unknown): void;
  /** Takes the price of a part of a body that is kept. Refuses with `RATE_LIMITED`. */
  carry(clientAddress: string, bytes: number): void;
}

/** Makes it. */
export function arrivals(rates: RateLimits, config: RateConfig): Arrivals {
  return {
    arrive: (clientAddress) => rates.spend(bucketsFor(clientAddress, config), arrivalPoints),
    carry: (clientAddress, bytes) => rates.spend(bucketsFor(clientAddress, config), bytes / bytesPerPoint),
    refused(clientAddress, error) {
      if (error instanceof GraphQLError && strangers.has(error.extensions['code'])) rates.charge(bucketsFor(clientAddress, config), strangerPoints);
    },
  };
}

/** Lets somebody in, and takes more where they are refused. */
export async function chargingStrangers<T>(paying: Arrivals, clientAddress: string, admit: () => Promise<T>): Promise<T> {
  try {
    return await admit();
  } catch (error) {
    paying.refused(clientAddress, error);
    throw error;
  }
}

/** No plan is known yet: an address has what it has in a marketplace with the usual limits. */
function bucketsFor(clientAddress: string, config: RateConfig): readonly NamedBucket[] {
  return [addressBucket(clientAddress, config, operationLimits.queryCost.usual)];
}
