import { operationsMeasure } from '@haat/schema/asks/gateway';
import { asking } from '@haat/kit/ask';
import { systemClock } from '@haat/kit/clock';
import type { NatsLink } from '@haat/kit/nats';
import { makeSigningKeys, readSigningKey, readTrustedKeys, type SigningKey } from '@haat/kit/signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doorContext } from './asks.js';
import { startBroker, type Broker } from './testing/broker.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';

describe('what the gateway answers over the broker', () => {
  let broker: Broker;
  let [nats, partners]: (NatsLink | undefined)[] = [];
  let gateway: FixtureGateway;
  let key: SigningKey;
  let foreign: SigningKey;
  beforeAll(async () => {
    const [known, unknown] = await Promise.all([makeSigningKeys('partners'), makeSigningKeys('partners')]);
    [key, foreign] = await Promise.all([known, unknown].map(({ privateJwk }) => readSigningKey(JSON.stringify(privateJwk)))) as [SigningKey, SigningKey];
    broker = await startBroker();
    [nats, partners] = await Promise.all([broker.connectAs('gateway'), broker.connectAs('all')]);
    gateway = await startFixtureGateway({ nats, trusted: await readTrustedKeys(JSON.stringify({ keys: [known.publicJwk] })) });
    await nats.connection?.flush();
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([nats?.drain(), partners?.drain()]);
    await broker.close();
  });

  const measure = (by: SigningKey, limits: Record<string, number> = {}, ...texts: string[]) => {
    const context = doorContext(systemClock);
    return asking({ key: by, clock: systemClock, nats: partners }).ask(operationsMeasure, { texts }, { ...context, tenant: { ...context.tenant, limits } });
  };

  it('is what an operation is and costs here, or why it could not run', async () => {
    const { operations } = await measure(key, {}, 'query Titles { products { title } }', 'mutation Rename { rename(id: "p1", title: "x") { id } }', 'query Wrong { products { titel } }', '{ products { title } }', 'query A { told } query B { told }');
    expect(operations).toEqual([
      { isGood: true, name: 'Titles', kind: 'query', points: 10, pointsMax: 10 },
      { isGood: true, name: 'Rename', kind: 'mutation', points: 11, pointsMax: 11 },
      { isGood: false, name: 'Wrong', problems: [expect.stringContaining('"titel"')] },
      { isGood: false, name: null, problems: ['Expected one operation with a name.'] },
      { isGood: false, name: 'A', problems: ['Expected one operation with a name.'] },
    ]);
  });

  it('goes by the limits of the tenant that asks', async () => {
    const { operations } = await measure(key, { queryCost: 9 }, 'query Titles { products { title } }');
    expect(operations).toEqual([{ isGood: false, name: 'Titles', problems: [expect.stringMatching(/queryCost is 9, counted 10\. The dearest fields are products \(10\)/)] }]);
  });

  it('is nothing to whom it does not trust', async () => {
    await expect(measure(foreign, {}, 'query Titles { products { title } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
