import { MongoClient } from 'mongodb';

const TRY_PAUSE_MS = 20;

/** What a MongoDB server says of itself. */
export interface MongoVersion {
  /** Its protocol's version, such as `8.0.4`. */
  version: string;
  /** FerretDB's own version, such as `v2.7.0`, where FerretDB answers. */
  ferretdb?: string;
}

/**
 * The version of the server at `url` as soon as it answers a ping; nothing when it has not within `limitMs`, or when `given up` says so.
 * A ping goes through to the storage below, an open port does not.
 */
export async function pingMongo(url: string, limitMs: number, givenUp: () => boolean = () => false): Promise<MongoVersion | undefined> {
  const untilMs = performance.now() + limitMs;
  for (;;) {
    const version = await askVersion(url, Math.max(TRY_PAUSE_MS, untilMs - performance.now()));
    if (version || givenUp() || performance.now() >= untilMs) return version;
    await new Promise((resolve) => setTimeout(resolve, TRY_PAUSE_MS));
  }
}

async function askVersion(url: string, limitMs: number): Promise<MongoVersion | undefined> {
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(url, {
      serverSelectionTimeoutMS: Math.min(limitMs, 1_000),
      minHeartbeatFrequencyMS: TRY_PAUSE_MS, // Else a server that was a moment late is looked at again after half a second.
      connectTimeoutMS: limitMs,
      socketTimeoutMS: limitMs,
    });
    const admin = client.db('admin');
    await admin.command({ ping: 1 });
    const { version, ferretdb } = await admin.command({ buildInfo: 1 });
    return { version: String(version), ferretdb: ferretdb?.version };
  } catch {
    return undefined; // Not there, not ready or not MongoDB: the caller says which it expected.
  } finally {
    await client?.close();
  }
}
