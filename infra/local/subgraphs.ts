import type { SubgraphDefinition } from '@haat/kit/define';
import { carts } from '@haat/carts/subgraph';
import { catalog } from '@haat/catalog/subgraph';
import { identity } from '@haat/identity/subgraph';
import { inventory } from '@haat/inventory/subgraph';
import { notifications } from '@haat/notifications/subgraph';
import { orders } from '@haat/orders/subgraph';
import { partners } from '@haat/partners/subgraph';
import { payments } from '@haat/payments/subgraph';
import { pricing } from '@haat/pricing/subgraph';
import { search } from '@haat/search/subgraph';
import { shipping } from '@haat/shipping/subgraph';
import { tenants } from '@haat/tenants/subgraph';
import { vendors } from '@haat/vendors/subgraph';

/** Every subgraph of the marketplace: the one list. */
export const subgraphs: readonly SubgraphDefinition[] = [tenants, identity, notifications, catalog, vendors, pricing, inventory, carts, orders, payments, shipping, search, partners];

/** The subgraphs a person named, or all. Throws a sentence that lists the known ones when a name is not among them. */
export function chosenSubgraphs(only?: readonly string[]): readonly SubgraphDefinition[] {
  const unknown = only?.filter((name) => !subgraphs.some((s) => s.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`No such subgraph: ${unknown.join(', ')}. There are ${subgraphs.map((s) => s.name).join(', ')}.`);
  return only ? subgraphs.filter((s) => only.includes(s.name)) : subgraphs;
}
