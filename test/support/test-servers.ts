import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { MongoClient } from 'mongodb';
import { dropDatabase } from '@haat/kit-postgres/postgres-roles';
import { testPostgresUrl } from '@haat/kit-postgres/testing/postgres';
import { startNats } from '@haat/local/servers/nats';
import type { NatsUser } from '@haat/local/servers/nats-config';
import type { LocalServer } from '@haat/local/servers/server';
import type { Servers } from '@haat/local/servers/servers';

/** Servers for one test file: a database and a broker of its own on what the whole run shares. */
export interface TestServers extends Servers {
  /** The Postgres database, and the beginning of the Mongo databases' names. */
  readonly database: string;
  /** Stops the broker and drops the databases with their roles. */
  close(): Promise<void>;
}

/**
 * Servers of a test file's own. Postgres and Mongo are those of the test run, told apart by the database's name; NATS is a
 * server of its own, since its users are known at its start.
 */
export async function testServers(dataDir: string, natsUsers: readonly NatsUser[]): Promise<TestServers> {
  const database = `journey_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const postgres = given('Postgres', testPostgresUrl());
  const mongoUrl = process.env['HAAT_TEST_MONGO_URL'];
  const mongo = mongoUrl ? given('MongoDB', mongoUrl) : undefined;
  const nats = await startNats({ dataDir, users: natsUsers, durable: true, cacheDir: natsFolder(), env: { ...process.env, NATS_URL: undefined } });
  const mailUrl = process.env['HAAT_TEST_SMTP_URL'];
  const mail = mailUrl ? given('Mail', mailUrl) : undefined;
  return {
    postgres, mongo, nats, mail, database,
    async close() {
      await nats.close();
      await dropDatabase(postgres.url, database);
      if (mongo) await dropMongo(mongo.url, `${database}_`);
    },
  };
}

/** A server that belongs to the whole run, and so is left running. */
function given(name: string, url: string): LocalServer {
  return { name, url, version: '', source: 'the test run', close: async () => undefined };
}

/** Where the run has put the program, unless it is one of the PATH, which is found there anyway. */
function natsFolder(): string | undefined {
  const program = process.env['HAAT_TEST_NATS_SERVER'];
  return program === undefined ? undefined : dirname(program);
}

async function dropMongo(url: string, prefix: string): Promise<void> {
  const client = await MongoClient.connect(url);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases.filter((each) => each.name.startsWith(prefix))) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
