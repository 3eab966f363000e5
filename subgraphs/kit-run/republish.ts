import type { Tx } from '@haat/kit/context';
import type { RepublishOptions, SubgraphDefinition } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { StoreRuntime, UnitOfWork } from '@haat/kit/store';

/** Who says again, to which tenants. */
export interface RepublishingOptions<D> {
  readonly definition: Pick<SubgraphDefinition, 'name' | 'republish'>;
  readonly store: Pick<StoreRuntime<D>, 'transaction'>;
  readonly txOf: (unit: UnitOfWork<D>, tenantId: string) => Tx | Promise<Tx>;
}

/**
 * Says a subgraph's present state again, one tenant after the other, each in a transaction of its own: for a read model that
 * is built anew. Who has applied an aggregate's version already skips it.
 * @throws InvariantViolation when the subgraph has nothing to say again.
 */
export async function republish<D>({ definition, store, txOf }: RepublishingOptions<D>, tenantIds: readonly string[], options: RepublishOptions = {}): Promise<void> {
  const { name, republish: say } = definition;
  invariant(say, `${name} has no republish.`);
  for (const tenantId of tenantIds) {
    await store.transaction({ tenantId, actor: `system:${name}` }, async (unit) => say(sayingAgain(await txOf(unit, tenantId)) as never, options));
  }
}

/** The same transaction, but everything said in it is marked as said before. */
function sayingAgain(tx: Tx): Tx {
  const emit: Tx['emit'] = (contract, event) => tx.emit(contract, { ...event, republished: true });
  return Object.create(tx, { emit: { value: emit } }) as Tx;
}
