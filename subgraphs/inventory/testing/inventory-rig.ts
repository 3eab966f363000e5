import { inventoryExtend, inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { offerChanged } from '@haat/schema/events/catalog';
import type { EventContract } from '@haat/schema/event';
import { systemClock, type Clock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import { inventory } from '../subgraph.js';

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** A line of an order that wants pieces. */
export interface Line { readonly lineId: string; readonly offerId: string; readonly quantity: number }

const level = 'onHand allocated reserved safety available isLow backorderLimit lowAt';
const selections: Readonly<Record<string, string>> = {
  receiveStock: `... on ReceiveStockSucceeded { levels { ${level} } } ... on UnknownShelves { rows { offerId warehouseId } }`,
  adjustStock: `... on StockLevel { ${level} } ... on PiecesOwed { owed }`, transferStock: `... on StockLevel { ${level} } ... on NotEnoughStock { available }`,
  setStockPolicy: `... on StockLevel { ${level} } ... on PiecesOwed { owed }`, openWarehouse: '... on Warehouse { id name countries priority vendor { id } }', changeWarehouse: '... on Warehouse { id name priority }',
  closeWarehouse: '... on Warehouse { id closedAt } ... on WarehouseNotEmpty { pieces }',
};

/** Inventory on a database of its own, with as many connections as many buyers need. */
export class InventoryRig implements AsyncDisposable {
  private constructor(readonly subgraph: TestSubgraph) {}

  static async start(env: Readonly<Record<string, string>> = {}, clock: Clock = systemClock): Promise<InventoryRig> {
    return new InventoryRig(await startTestSubgraph(inventory, { env: { DATABASE_POOL_MAX: '8', ...env }, clock }));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subgraph.close();
  }

  /** A shop with a vendor, its merchant, and a warehouse of the marketplace's own. */
  async shop() {
    const tenant = testTenant();
    const vendorId = newId('ven');
    const operator: TestAsker = { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) };
    const merchant: TestAsker = { tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: vendorId, grants: ['stock.manage'] }] }) };
    const { id: warehouseId } = (await this.mutate(operator, 'openWarehouse', { name: 'Tejgaon' })) as unknown as { id: string };
    return { tenant, vendorId, operator, merchant, warehouseId };
  }

  /** An offer of the shop's vendor, with so many pieces in the warehouse. */
  async offer({ operator, tenant, vendorId, warehouseId }: Awaited<ReturnType<InventoryRig['shop']>>, pieces = 0): Promise<string> {
    const offerId = newId('ofr');
    await this.subgraph.hear(offerChanged, tenant.id, { aggregate: { id: offerId, version: 1 }, payload: { offerId, productId: newId('prod'), variantId: newId('var'), vendorId, vendorSku: 'A', status: 'ACTIVE', shippingProfile: 'standard' } });
    if (pieces > 0) await this.receive(operator, offerId, warehouseId, pieces);
    return offerId;
  }

  receive(asker: TestAsker, offerId: string, warehouseId: string, quantity: number): Promise<Outcome> {
    return this.mutate(asker, 'receiveStock', { rows: [{ offerId, warehouseId, quantity }], idempotencyKey: newId('req') });
  }

  reserve({ tenant }: { readonly tenant: TestAsker['tenant'] }, lines: readonly Line[], more: { orderId?: string; again?: boolean; holdMinutes?: number } = {}) {
    return this.subgraph.put({ tenant }, inventoryReserve, { orderId: newId('ord'), destination: null, lines: [...lines], ...more });
  }

  release({ tenant }: { readonly tenant: TestAsker['tenant'] }, orderId: string) {
    return this.subgraph.put({ tenant }, inventoryRelease, { orderId });
  }

  extend({ tenant }: { readonly tenant: TestAsker['tenant'] }, orderId: string, until: Date) {
    return this.subgraph.put({ tenant }, inventoryExtend, { orderId, until: until.toISOString() });
  }

  /** Lets it hear what became of an order, with the facts that it looks at. */
  say(contract: EventContract, { tenant }: { readonly tenant: TestAsker['tenant'] }, payload: Record<string, unknown>) {
    return this.subgraph.hear(contract as EventContract<Record<string, unknown>>, tenant.id, { aggregate: { id: newId('ord'), version: 1 }, payload });
  }

  /** Sets back the end of a hold, as if its time had passed. */
  async age(orderId: string): Promise<void> {
    await this.subgraph.query(`update inventory.reservation set expires_at = now() - interval '1 second' where order_id = $1`, [orderId]);
  }

  async level(offerId: string): Promise<{ on_hand: number; allocated: number; reserved: number; available: number }> {
    const [row] = await this.subgraph.query<{ on_hand: number; allocated: number; reserved: number; available: number }>('select sum(on_hand)::int as on_hand, sum(allocated)::int as allocated, sum(reserved)::int as reserved, sum(available)::int as available from inventory.stock_level where offer_id = $1', [offerId]);
    if (!row) throw new Error('There is no such level.');
    return row;
  }

  /** What shoppers see of an offer. */
  async availability({ tenant }: { readonly tenant: TestAsker['tenant'] }, offerId: string): Promise<Record<string, unknown> | undefined> {
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { availability { available inStock backorder } } } }';
    return (await this.read<{ _entities: ({ availability: Record<string, unknown> } | null)[] }>({ tenant }, query, { r: [{ __typename: 'Offer', id: offerId }] }))._entities[0]?.availability;
  }

  /** What was said of an offer, in order. */
  async said({ tenant }: { readonly tenant: TestAsker['tenant'] }, offerId: string, ...types: readonly string[]): Promise<string[]> {
    return (await this.subgraph.events(tenant.id)).filter(({ type, payload }) => payload['offerId'] === offerId && types.includes(type.replace('inventory.', ''))).map(({ type }) => type.replace('inventory.', ''));
  }

  /** Runs a mutation and answers its outcome. Throws what was refused, as `CODE: message`. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    return (await this.read<Record<string, Outcome>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${selections[field] ?? ''} ... on Problem { message } } }`, { input }))[field] as Outcome;
  }

  /** Runs a query and answers its data. Throws what was refused, as `CODE: message`. */
  async read<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** Levels whose pieces are not the sum of what moved, or that promise more than there is: none, ever. */
  wrongLevels(): Promise<unknown[]> {
    return this.subgraph.query(
      `select s.* from inventory.stock_level s where s.on_hand <> coalesce((select sum(m.on_hand_change) from inventory.stock_movement m where m.tenant_id = s.tenant_id and m.offer_id = s.offer_id and m.warehouse_id = s.warehouse_id), 0)
         or s.allocated + s.reserved > s.on_hand - s.safety + s.backorder_limit
         or s.reserved <> coalesce((select sum(l.quantity) from inventory.reservation_line l join inventory.reservation r on r.tenant_id = l.tenant_id and r.id = l.reservation_id where r.state = 'HELD' and l.tenant_id = s.tenant_id and l.offer_id = s.offer_id and l.warehouse_id = s.warehouse_id), 0)`);
  }
}
