import type { OpenedCart } from '../open-cart.js';
import type { PromotionEntry } from '../promotion-entry.js';
import { evaluate, payableOf } from './evaluate.js';

/** Promotions that count, and those that another of their group is better than. */
export interface Choice {
  readonly chosen: readonly PromotionEntry[];
  readonly setAside: readonly PromotionEntry[];
}

/**
 * Leaves of each exclusive group the one with which the whole cart is cheapest for the customer; ties by priority, then id. Groups
 * are decided in the order of their names, each with the winners of those before it and with none of those after it. A member that
 * does not count by itself stays, so that its own reason is told.
 */
export function chooseByGroup(opened: OpenedCart, entries: readonly PromotionEntry[]): Choice {
  const groups = groupsOf(entries);
  const chosen = entries.filter(({ promotion }) => promotion.exclusiveGroup === null);
  const setAside: PromotionEntry[] = [];
  for (const group of [...groups.keys()].sort()) {
    const members = groups.get(group) ?? [];
    const trials = members.length < 2 ? [] : members.map((member) => tried(opened, inOrder(entries, [...chosen, member]), member));
    const best = trials.filter(({ counts }) => counts).reduce<Trial | null>((least, trial) => (least === null || trial.payable < least.payable ? trial : least), null);
    for (const member of members) {
      const loses = best !== null && best.member !== member && trials.some((trial) => trial.member === member && trial.counts);
      (loses ? setAside : chosen).push(member);
    }
  }
  return { chosen: inOrder(entries, chosen), setAside };
}

/** How often a cart is priced to decide all groups and then once more. */
export function evaluationsOf(entries: readonly PromotionEntry[]): number {
  return [...groupsOf(entries).values()].reduce((total, { length }) => total + (length < 2 ? 0 : length), 1);
}

interface Trial {
  readonly member: PromotionEntry;
  readonly counts: boolean;
  readonly payable: number;
}

/** A group is its owner's: no vendor can put another's promotion, or the marketplace's, into a group with its own. */
function groupsOf(entries: readonly PromotionEntry[]): Map<string, PromotionEntry[]> {
  const groups = new Map<string, PromotionEntry[]>();
  for (const entry of entries) {
    const { exclusiveGroup, vendorId } = entry.promotion;
    const group = JSON.stringify([exclusiveGroup, vendorId]);
    if (exclusiveGroup !== null) groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return groups;
}

function tried(opened: OpenedCart, entries: readonly PromotionEntry[], member: PromotionEntry): Trial {
  const cart = evaluate(opened, entries);
  return { member, counts: cart.applied.some(({ promotionId }) => promotionId === member.promotion.promotionId), payable: payableOf(cart) };
}

function inOrder(all: readonly PromotionEntry[], some: readonly PromotionEntry[]): PromotionEntry[] {
  return all.filter((entry) => some.includes(entry));
}
