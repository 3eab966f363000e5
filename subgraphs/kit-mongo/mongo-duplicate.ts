import { MongoServerError } from 'mongodb';

/** A unique key that was already taken: by its index as declared, or `_id_`. */
export interface Duplicate {
  readonly duplicate: string;
}

/**
 * Runs a write and turns a taken unique key into a value.
 * mongod and FerretDB name the index in different words; writers that race for one key on FerretDB may hear of a
 * deadlock, or of an exclusion constraint without its index: then the write is tried once more, and after that
 * `findTaken` looks which key it is.
 */
export async function uniquely<R>(write: () => Promise<R>, findTaken: () => Promise<string | undefined>): Promise<R | Duplicate> {
  for (let wasTried = false; ; wasTried = true) {
    try {
      return await write();
    } catch (error) {
      const index = takenIndex(error);
      if (index === undefined) throw error;
      if (index !== '') return { duplicate: index };
      if (!wasTried) continue;
      const found = await findTaken();
      if (found === undefined) throw error;
      return { duplicate: found };
    }
  }
}

/** FerretDB's code for a deadlock, which is how a loser of a race for a new unique key may hear of it. */
const deadlockCode = 16_908_292;

/** The index that an error says is taken; empty when it does not say which, undefined when the error is another. */
export function takenIndex(error: unknown): string | undefined {
  if (!(error instanceof MongoServerError)) return undefined;
  const { code, message } = error;
  if (code === 11_000) return /index: (\S+) dup key/.exec(message)?.[1] ?? /Index '([^']+)'/.exec(message)?.[1] ?? '';
  const isRace = code === deadlockCode || (code === 1 && /exclusion constraint|deadlock detected/.test(message));
  return isRace ? '' : undefined;
}
