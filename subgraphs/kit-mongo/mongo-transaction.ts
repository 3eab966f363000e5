import type { MongoCore } from './mongo-core.js';
import type { Once } from './mongo-once.js';
import { MongoUnit } from './mongo-unit.js';
import { attempts, LostRace } from './mongo-write.js';
import type { ActingIn } from '@haat/kit/store';
import { unavailable } from '@haat/kit/refusal';

/** Runs a unit of work, again from its beginning when a document it had loaded was changed meanwhile. */
export async function runUnit<T>(core: MongoCore, acting: ActingIn, work: (unit: MongoUnit) => Promise<T>, once?: Once): Promise<T> {
  for await (const _ of attempts(core.subgraph)) {
    const unit = new MongoUnit(core, acting, once);
    try {
      const result = await core.scope.run({ tenantId: acting.tenantId }, async () => {
        const done = await work(unit);
        await unit.finish();
        return done;
      });
      await unit.committed();
      return result;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
  }
  throw unavailable(core.subgraph);
}
